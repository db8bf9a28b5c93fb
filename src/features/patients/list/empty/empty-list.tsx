import type { OperationOutcomeIssue } from 'fhir/r4';
import { remarkCode } from '#fhir/outcome.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Icon } from '#ui/icon.tsx';
import { readPrefill } from '../../prefill/read-prefill.ts';
import { RegisterOffer } from '../../prefill/register-offer.tsx';
import type { Chooser } from '../chooser.ts';
import type { Criteria } from '../query/criteria.ts';
import { messages } from './messages.ts';
import styles from './empty.module.css';

export interface EmptyListProps {
  page: number;
  criteria: Criteria;
  /** What is said of this page, in the server's words or the client's. */
  notices: readonly OperationOutcomeIssue[];
  /** There where another program waits for a choice: nobody is registered then. */
  chooser: Chooser | undefined;
}

/** An empty answer, in words that fit why it may be empty. */
export function EmptyList({ page, criteria, notices, chooser }: EmptyListProps) {
  const t = useMessages(messages);
  // Patients were sent, and above the list it says why none is shown.
  if (notices.some((issue) => remarkCode(issue) === 'unreadable-entries')) return null;
  const filtered = Boolean(criteria.text ?? criteria.asked);
  const why = page > 1 ? 'emptyPage' : filtered ? 'emptyCriteria' : 'emptyNoPatients';
  const searched = page === 1 && !chooser ? readPrefill(criteria) : undefined;
  return (
    <div className={styles.empty}>
      <Icon name="search" size={24} />
      <p className={styles.emptyTitle}>{t('emptyTitle')}</p>
      <p>{t(why)}</p>
      {searched && <RegisterOffer searched={searched} />}
    </div>
  );
}
