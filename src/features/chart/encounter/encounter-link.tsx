import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { isId } from '#lib/id.ts';
import { messages } from '../messages.ts';
import { usePatientId } from '../layout/use-patient.ts';

/** Links to the page of an encounter; shows plain text where the id is not valid. */
export function EncounterLink({ id, children }: { id: unknown; children?: ReactNode }) {
  const t = useMessages(messages);
  const patientId = usePatientId();
  const text = children ?? t('encounter');
  if (!isId(id)) return <>{text}</>;
  return (
    <Link to="/patients/$id/encounters/$encounterId" params={{ id: patientId, encounterId: id }}>
      {text}
    </Link>
  );
}
