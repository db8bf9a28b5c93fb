import { useLocation } from '@tanstack/react-router';
import { useFhir } from '#data/fhir-context.ts';
import { onlyOfPatient } from '#fhir/permissions/scopes.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Notice } from '#ui/notice.tsx';
import { messages } from './messages.ts';
import styles from './launch-bar.module.css';

/** Above the list, where an EHR opened the app and named no patient. */
export function NoPatient() {
  const t = useMessages(messages);
  const onList = useLocation({ select: ({ pathname }) => pathname.endsWith('/patients') });
  const { scopes } = useFhir().session;
  if (!onList) return null;
  return (
    <div className={styles.bar}>
      <Notice title={t('launchedWithout')}>
        <p>{t(onlyOfPatient(scopes) ? 'launchedWithoutOne' : 'launchedWithoutDo')}</p>
      </Notice>
    </div>
  );
}
