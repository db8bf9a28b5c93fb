import { useFhir } from '#data/fhir-context.ts';
import { useMessages } from '#i18n/provider.tsx';
import { PrintedPart } from '#ui/printed-part/printed-part.tsx';
import { usePrintedAt } from '#ui/use-printed-at.ts';
import { useListPlace } from '../query/list-state.ts';
import { messages } from './messages.ts';
import { useCriteriaWords } from './use-criteria-words.ts';
import styles from './printed-list.module.css';

/**
 * Shown on paper only: the search criteria, who printed the list, when and from which server, and
 * that it is only a part. Otherwise a printed result would look like the whole register.
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
