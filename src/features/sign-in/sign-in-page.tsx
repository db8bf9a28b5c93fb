import { Link } from '@tanstack/react-router';
import { useMessages } from '#i18n/provider.tsx';
import { useSessionState } from '#session/state/provider.tsx';
import type { SignInInput, SignInNotice, SignInOption } from '#session/state/state.ts';
import { Notice } from '#ui/notice.tsx';
import { Page } from '#ui/page.tsx';
import { messages } from './messages.ts';
import { ServerChoice } from './server-choice.tsx';
import styles from './sign-in.module.css';

export interface SignInPageProps {
  options: readonly SignInOption[];
  notice?: SignInNotice | undefined;
  onSignIn: (serverId: string, input?: SignInInput) => Promise<void>;
}

/** Replaces every page while no user is signed in. */
export function SignInPage({ options, notice, onSignIn }: SignInPageProps) {
  const t = useMessages(messages);
  const state = useSessionState();
  const launchable = state.state === 'signed-out' && state.launchable;
  const only = options.length === 1;
  return (
    <Page
      title={t('signIn')}
      lead={options.length > 0 ? t(only ? 'lead' : 'leadMany') : undefined}
      narrow
    >
      {notice && <Notice role="status" title={t(`notice_${notice}`)} />}
      {options.length === 0 && (
        <Notice title={t('launchOnlyTitle')}>
          <p>{t('launchOnly')}</p>
        </Notice>
      )}
      <ul className={styles.servers}>
        {options.map((option) => (
          <ServerChoice key={option.id} option={option} only={only} onSignIn={onSignIn} />
        ))}
      </ul>
      <p className={styles.foot}>
        {launchable && options.length > 0 && <>{t('alsoLaunch')} </>}
        <Link to="/access">{t('accessCheck')}</Link>
      </p>
    </Page>
  );
}
