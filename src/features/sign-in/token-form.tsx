import { useState, type FormEvent } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { TokenInputError } from '#session/errors.ts';
import { Button } from '#ui/button.tsx';
import { TextAreaField } from '#ui/field/field-group.tsx';
import { messages } from './messages.ts';
import styles from './sign-in.module.css';
import type { SigningIn } from './use-sign-in.ts';

const errorIds = { empty: 'tokenEmpty', shape: 'tokenShape', expired: 'tokenExpired' } as const;

/**
 * Form for pasting an access token. The token is never stored, and the field is removed when it is
 * accepted.
 */
export function TokenForm({
  id,
  label,
  fhirBaseUrl,
  button,
  signingIn,
}: {
  id?: string;
  label: string;
  fhirBaseUrl: string;
  /** Button text; omitted if a button elsewhere refers to the form by its `id`. */
  button?: string;
  signingIn: SigningIn;
}) {
  const t = useMessages(messages);
  const [token, setToken] = useState('');
  const { error } = signingIn;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    signingIn.start({ token });
  };
  return (
    <form id={id} onSubmit={submit} noValidate>
      <TextAreaField
        wide
        label={t('tokenLabel', { label })}
        hint={
          <>
            {t('tokenHint')}{' '}
            <code className={styles.command}>
              az account get-access-token --resource={fhirBaseUrl}
            </code>
          </>
        }
        error={error instanceof TokenInputError ? t(errorIds[error.reason]) : undefined}
        value={token}
        onChange={(event) => setToken(event.target.value)}
        rows={4}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="none"
      />
      {button && (
        <Button type="submit" variant="primary" busy={signingIn.busy}>
          {button}
        </Button>
      )}
    </form>
  );
}
