import { useContext } from 'react';
import { FhirContext } from '#data/fhir-context.ts';
import { useMessages } from '#i18n/provider.tsx';
import { messages } from './messages.ts';
import styles from './settings.module.css';

/**
 * Shows which server the app is connected to and who is signed in, for windows too narrow to show
 * them in the header. Renders nothing before the sign-in.
 */
export function Connection() {
  const t = useMessages(messages);
  const fhir = useContext(FhirContext);
  if (!fhir) return null;
  const { kind, server, user } = fhir.session;
  return (
    <section aria-label={t('connection')}>
      <dl className={styles.connection}>
        <dt>{t('server')}</dt>
        <dd>
          <bdi>{server.label}</bdi>
        </dd>
        <dt>{t('serverAddress')}</dt>
        <dd>
          <bdi>{server.fhirBaseUrl}</bdi>
        </dd>
        <dt>{t('signedInAs')}</dt>
        <dd>
          <bdi>{user?.name ?? t(kind === 'open' ? 'openServer' : 'userNotNamed')}</bdi>
        </dd>
      </dl>
    </section>
  );
}
