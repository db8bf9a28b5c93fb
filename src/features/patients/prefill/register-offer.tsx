import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCan } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { messages } from './messages.ts';
import { setPrefill, type Prefill } from './prefill.ts';
import styles from './register-offer.module.css';

/**
 * The way from a search that found nobody to a new record of whom was looked for. No link: what it
 * takes along stands in no address, so that it could not be opened elsewhere.
 */
export function RegisterOffer({ searched }: { searched: Prefill }) {
  const t = useMessages(messages);
  const fhir = useFhir();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { allowed, pending } = useCan('create', 'Patient');
  // Why not is said by "New patient" above.
  if (!allowed) return null;
  return (
    <div className={pending ? styles.waiting : styles.offer}>
      <Button
        icon="add"
        onClick={() => {
          setPrefill(cache, fhir, searched);
          void navigate({ to: '/patients/new' });
        }}
      >
        {t('register')}
      </Button>
      <p>{t('registerText')}</p>
    </div>
  );
}
