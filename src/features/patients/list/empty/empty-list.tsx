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
  /** Issues about this page, from the server or the client. */
  notices: readonly OperationOutcomeIssue[];
  /** Set while another program waits for a choice; then no registration is offered. */
  chooser: Chooser | undefined;
}

/** Shown for a page without patients, with the likely reason. */
export function EmptyList({ page, criteria, notices, chooser }: EmptyListProps) {
  const t = useMessages(messages);
  // The server sent patients; a notice above the list tells why none of them is shown.
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
