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
 * Button "register this patient" after an empty search; prefills the form with the search terms. It
 * is not a link, because the terms are not in the URL and another tab would not get them.
 */
export function RegisterOffer({ searched }: { searched: Prefill }) {
  const t = useMessages(messages);
  const fhir = useFhir();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { allowed, pending } = useCan('create', 'Patient');
  // The "New patient" button above the list gives the reason.
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
