import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useMayExport } from '#data/may-export.ts';
import { useMessages } from '#i18n/provider.tsx';
import { useSessionState } from '#session/state/provider.tsx';
import type { ReadyState, SignInInput } from '#session/state/state.ts';
import { Button, ButtonLink } from '#ui/button.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { DescriptionList, Item } from '#ui/description-list.tsx';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import { Notice } from '#ui/notice.tsx';
import { Section } from '#ui/page.tsx';
import { messages } from './messages.ts';

const EntraAccounts = lazy(async () => ({
  default: (await import('#session/entra/accounts.tsx')).EntraAccounts,
}));

/**
 * Shows who is signed in to which server, or why nobody is; for Entra ID also how to switch the
 * account.
 */
export function SessionSection({ failure }: { failure: ReactNode }) {
  const t = useMessages(messages);
  const state = useSessionState();
  return (
    <Section heading={t('session')}>
      {state.state === 'ready' ? (
        <SignedIn state={state} />
      ) : (
        failure || (
          <p>
            {t('signedOut')} <Link to="/">{t('toSignIn')}</Link>
          </p>
        )
      )}
    </Section>
  );
}

function SignedIn({ state }: { state: ReadyState }) {
  const t = useMessages(messages);
  const { session, signInAgain, expired } = state;
  const inPlace = signInAgain && session.kind !== 'token';
  const [failed, setFailed] = useState<unknown>();
  const again = (input?: SignInInput): void => {
    setFailed(undefined);
    signInAgain?.(input).catch(setFailed);
  };
  return (
    <>
      {expired && (
        <Notice
          tone="warning"
          role="alert"
          title={t('expired')}
          actions={
            inPlace && (
              <Button variant="primary" onClick={() => again()}>
                {t('signInAgain')}
              </Button>
            )
          }
        >
          <p>{t('expiredMeans')}</p>
        </Notice>
      )}
      {failed !== undefined && <ErrorAlert error={failed} />}
      <DescriptionList>
        <Item label={t('user')}>{session.user?.name}</Item>
        <Item label={t('login')}>{session.user?.login}</Item>
        <Item label={t('fhirUser')}>{session.context.fhirUser}</Item>
        <Item label={t('kind')}>{t(`kindOf.${session.kind}`)}</Item>
        <Item label={t('fhirServer')}>
          {session.server.label} · {session.server.fhirBaseUrl}{' '}
          <CopyButton text={session.server.fhirBaseUrl} />
        </Item>
      </DescriptionList>
      <BulkExportLink />
      {session.kind === 'entra' && signInAgain && (
        <Suspense>
          <EntraAccounts server={session.server}>
            {(accounts) => (
              <>
                {accounts.length > 1 && (
                  <ul>
                    {accounts.map((a) => (
                      <li key={a.id} aria-current={a.current || undefined}>
                        {a.name} · {a.login}
                      </li>
                    ))}
                  </ul>
                )}
                <p>
                  <Button icon="person" onClick={() => again({ chooseAccount: true })}>
                    {t('switchAccount')}
                  </Button>
                </p>
              </>
            )}
          </EntraAccounts>
        </Suspense>
      )}
    </>
  );
}

/** Link to the bulk export, if the server declares it and this user may use it. */
function BulkExportLink() {
  const t = useMessages(messages);
  const { allowed, declared, pending } = useMayExport();
  if (!allowed || !(declared || pending)) return null;
  return (
    // Reserve its space until the server's declaration is known, so that the content below does not
    // move.
    <p style={{ visibility: declared ? undefined : 'hidden' }}>
      <ButtonLink to="/export" icon="download">
        {t('bulkExport')}
      </ButtonLink>
    </p>
  );
}
