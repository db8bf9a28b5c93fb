import { Link } from '@tanstack/react-router';
import type { FhirResource } from '#fhir/types.ts';
import { listText } from '#i18n/list.ts';
import { useMessages } from '#i18n/provider.tsx';
import { AsyncView } from '#ui/states/async-view.tsx';
import { Section } from '#ui/page.tsx';
import { cardRest, eachRest, type Rest } from './card-rest.ts';
import { Caveats } from '../cells/caveats.tsx';
import { Missing, Value, Withdrawn } from '../cells/cells.tsx';
import { emptiness, isIncomplete } from '../panel-query/completeness.ts';
import { LineDate } from '../cells/line-date.tsx';
import { lineOf } from '../cells/line-of.tsx';
import { messages } from '../messages.ts';
import { orderNote, type Panel, type T } from '../panel.ts';
import { usePanel } from '../panel-query/panel-query.ts';
import type { PanelPage } from '../panel-query/panel-rows.ts';
import { useInView } from '../use-in-view.ts';
import { Waiting } from '../cells/waiting.tsx';
import styles from './summary.module.css';

const ROWS = 5;

/** Rows of a card that shows the newest of each, and how many records are read to find them. */
const EACH_ROWS = 10;
const EACH_READ = 100;

/** Returns the text that says why records may be missing. */
const lacking = ({ granted }: PanelPage, t: T): string =>
  granted.length > 0 ? t('grantedPart', { parts: listText(granted) }) : t('cardLacks');

/** Returns the text of a card without entries. */
function none(panel: Panel, page: PanelPage, t: T): string {
  const means = emptiness(page);
  if (means === 'more' && panel.sifted) return t('cardNoneFirst');
  return means === 'none' ? t(panel.nothing ?? 'noEntriesShort') : lacking(page, t);
}

/** Returns the records of a page that a card shows, and the texts about the rest. */
function cut(
  panel: Panel,
  page: PanelPage,
  sorted: boolean,
): [readonly FhirResource[], readonly Rest[]] {
  if (panel.each) {
    const newest = panel.each(page.items, EACH_ROWS, page.find, page.came);
    return [newest.shown, eachRest(newest, page, sorted)];
  }
  const rest = cardRest(panel, page, ROWS);
  return [page.items.slice(0, ROWS), rest ? [rest] : []];
}

/**
 * Shows the first entries of one panel: the newest, the current ones, or the newest of each. The
 * search is sent only when the card comes into view.
 */
export function SummaryCard({ panel, patientId }: { panel: Panel; patientId: string }) {
  const t = useMessages(messages);
  const [ref, seen] = useInView<HTMLDivElement>();
  const { query, can, sorted } = usePanel(panel, patientId, {
    count: panel.each ? EACH_READ : (panel.count ?? ROWS),
    enabled: seen,
  });
  return (
    <div
      ref={ref}
      className={styles.card}
      data-waiting={(can.allowed && query.isPending) || undefined}
    >
      <Section
        heading={t(panel.title)}
        actions={
          <Link to="/patients/$id/$panel" params={{ id: patientId, panel: panel.id }}>
            {t('showAll')}
            <span className="visually-hidden"> {t(panel.title)}</span>
          </Link>
        }
      >
        {can.allowed ? (
          <AsyncView
            query={query}
            loading={<Waiting lines={ROWS} />}
            isEmpty={(page) => page.items.length === 0}
            empty={
              <Missing>{query.data ? none(panel, query.data, t) : t('noEntriesShort')}</Missing>
            }
          >
            {(page) => <CardLines panel={panel} page={page} sorted={sorted} />}
          </AsyncView>
        ) : (
          <Missing>{t(`noRead.${can.reason ?? 'role'}`, { type: panel.type })}</Missing>
        )}
      </Section>
    </div>
  );
}

function CardLines({ panel, page, sorted }: { panel: Panel; page: PanelPage; sorted: boolean }) {
  const t = useMessages(messages);
  const [shown, rest] = cut(panel, page, sorted);
  const order = orderNote(panel, page.items, Boolean(panel.sort) && !panel.each && !sorted);
  return (
    <ul className={styles.lines}>
      {shown.map((resource) => {
        const line = lineOf(panel, resource, t, page.find, page.came);
        return (
          <li key={resource.id}>
            <span className={styles.what}>
              <Withdrawn when={panel.withdrawn(resource)} first>
                <Value>{line.text}</Value>
              </Withdrawn>
              <Caveats of={resource} />
            </span>
            {line.detail && (
              <span>
                <Withdrawn when={panel.withdrawn(resource)} first={false}>
                  <Value>{line.detail}</Value>
                </Withdrawn>
              </span>
            )}
            <span className={styles.when}>
              <LineDate of={line} />
            </span>
          </li>
        );
      })}
      {order && <li className={styles.muted}>{t(order)}</li>}
      {isIncomplete(page) && <li className={styles.muted}>{lacking(page, t)}</li>}
      {rest.map(({ id, n, flagged = 0 }) => (
        <li key={id} className={styles.muted}>
          {t(id, { n, flagged })}
        </li>
      ))}
    </ul>
  );
}
