import { lazy, Suspense } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { ButtonLink } from '#ui/button.tsx';
import { fetchLater } from './fetch-later.ts';
import { messages } from './messages.ts';

const AskedPatientLink = lazy(async () => {
  // The form says itself where nobody may be created.
  const later = await fetchLater().catch(() => undefined);
  return { default: later?.AskedPatientLink ?? PatientLink };
});

/**
 * The way to the form.
 *
 * @param ask whether the server may be asked what it offers: not before the first list is there, or failed
 */
export function NewPatientLink({ ask }: { ask: boolean }) {
  return (
    <Suspense fallback={<PatientLink />}>{ask ? <AskedPatientLink /> : <PatientLink />}</Suspense>
  );
}

export function PatientLink() {
  const t = useMessages(messages);
  return (
    <ButtonLink to="/patients/new" variant="primary" icon="add">
      {t('newPatient')}
    </ButtonLink>
  );
}
