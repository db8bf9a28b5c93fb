import { useFhir } from '#data/fhir-context.ts';
import { useMessages } from '#i18n/provider.tsx';
import { PrintedPart } from '#ui/printed-part/printed-part.tsx';
import { usePrintedAt } from '#ui/use-printed-at.ts';
import { useListPlace } from '../query/list-state.ts';
import { messages } from './messages.ts';
import { useCriteriaWords } from './use-criteria-words.ts';
import styles from './printed-list.module.css';

/**
 * On paper only: what the list was searched for, who printed it when and from which server, and
 * that it is a part. A sheet of those found looks like the whole register otherwise.
 *
 * @param more whether the server has another page
 */
export function PrintedList({ more }: { more: boolean }) {
  const at = usePrintedAt();
  return at === undefined ? null : <Sheet at={at} more={more} />;
}

function Sheet({ at, more }: { at: string; more: boolean }) {
  const t = useMessages(messages);
  const { server, user } = useFhir().session;
  const { criteria, page } = useListPlace().place;
  const words = useCriteriaWords(criteria);
  return (
    <div className={styles.paper}>
      {words.length === 0 ? (
        <p>{t('everybody')}</p>
      ) : (
        <ul>
          {words.map(({ what, value }) => (
            <li key={what}>
              {what}: <bdi>{value}</bdi>
            </li>
          ))}
        </ul>
      )}
      <p>
        {t('printed', { at })} · <bdi>{user?.name}</bdi> {user && '· '}
        <bdi>{server.label}</bdi>
      </p>
      <PrintedPart page={page} more={more} />
    </div>
  );
}
