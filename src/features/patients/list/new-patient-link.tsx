import { lazy, Suspense } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { ButtonLink } from '#ui/button.tsx';
import { fetchLater } from './fetch-later.ts';
import { messages } from './messages.ts';

const AskedPatientLink = lazy(async () => {
  // The plain link is a safe fallback: the form itself tells if the user may not create patients.
  const later = await fetchLater().catch(() => undefined);
  return { default: later?.AskedPatientLink ?? PatientLink };
});

/**
 * Link to the form of a new patient.
 *
 * @param ask whether to request what the server allows; false until the first list or its failure
 */
export function NewPatientLink({ ask }: { ask: boolean }) {
  const plain = <PatientLink />;
  if (!ask) return plain;
  return (
    <Suspense fallback={plain}>
      <AskedPatientLink />
    </Suspense>
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
