import { useCan } from '#data/capability.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button, ButtonLink } from '#ui/button.tsx';
import { messages } from './messages.ts';

const REASONS = {
  scope: 'noCreateScope',
  role: 'noCreateRole',
  capability: 'noCreateCapability',
} as const;

/**
 * The way to the form.
 *
 * @param ask whether the server may be asked what it offers: not before the first list is there
 */
export function NewPatientLink({ ask }: { ask: boolean }) {
  return ask ? <Asked /> : <Way />;
}

function Way() {
  const t = useMessages(messages);
  return (
    <ButtonLink to="/patients/new" variant="primary" icon="add">
      {t('newPatient')}
    </ButtonLink>
  );
}

function Asked() {
  const t = useMessages(messages);
  const { allowed, reason } = useCan('create', 'Patient');
  if (allowed) return <Way />;
  const why = t(REASONS[reason ?? 'capability']);
  return (
    <Button icon="add" aria-disabled title={why} aria-description={why}>
      {t('newPatient')}
    </Button>
  );
}
