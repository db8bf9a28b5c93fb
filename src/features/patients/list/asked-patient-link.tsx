import { useCan } from '#data/capability.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { messages } from './messages.ts';
import { PatientLink } from './new-patient-link.tsx';
import { messages as reasons } from './notices/messages.ts';

const REASONS = {
  scope: 'noCreateScope',
  role: 'noCreateRole',
  capability: 'noCreateCapability',
} as const;

/** Link to the form if the user may create patients; else a disabled button with the reason. */
export function AskedPatientLink() {
  const t = useMessages(messages);
  const say = useMessages(reasons);
  const { allowed, reason } = useCan('create', 'Patient');
  if (allowed) return <PatientLink />;
  const why = say(REASONS[reason ?? 'capability']);
  return (
    <Button icon="add" aria-disabled title={why} aria-description={why}>
      {t('newPatient')}
    </Button>
  );
}
