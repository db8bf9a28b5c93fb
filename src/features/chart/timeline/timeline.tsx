import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { listText } from '#i18n/list.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Flag } from '#ui/flag.tsx';
import { Notice } from '#ui/notice.tsx';
import { useInnerHeadingFocus } from '#ui/inner-page.ts';
import { Caveats } from '../cells/caveats.tsx';
import { Value, Withdrawn } from '../cells/cells.tsx';
import { isIncomplete } from '../panel-query/completeness.ts';
import { LineDate } from '../cells/line-date.tsx';
import { messages } from '../messages.ts';
import { usePanel } from '../panel-query/panel-query.ts';
import { panels } from '../panels.ts';
import { waitForQuiet, type QuietWait } from '../summary/quiet-wait.ts';
import { timeline, type TimelineEntry } from './timeline-model.ts';
import { Waiting } from '../cells/waiting.tsx';
import styles from './timeline.module.css';

const ROWS = 50;

/**
 * Whether the responses so far are shown although others are missing.
 *
 * @param answered number of panels that have a response
 */
function useWaited(answered: number): boolean {
  const [waited, setWaited] = useState(false);
  const waiting = useRef<QuietWait>(undefined);
  useEffect(() => {
    const mine = waitForQuiet(() => setWaited(true));
    waiting.current = mine;
    return mine.giveUp;
  }, []);
  useEffect(() => {
    if (answered > 0) waiting.current?.heard();
  }, [answered]);
  return waited;
}

/** Fewest records read of one kind: servers may send less than is asked for. */
const fewest = (
  cut: readonly { query: { data?: { items: readonly unknown[] } | undefined } }[],
): number => Math.min(...cut.map(({ query }) => query.data?.items.length ?? ROWS));

/** Shows the whole chart by date, newest first, from the first page of every panel. */
export function Timeline({ patientId }: { patientId: string }) {
  const t = useMessages(messages);
  const heading = useInnerHeadingFocus();
  // The registry is fixed, so that the hooks always run in the same number and order.
  const results = panels.map((panel) => ({
    panel,
    // oxlint-disable-next-line react/rules-of-hooks -- see above
    ...usePanel(panel, patientId, { count: ROWS }),
  }));
  const pending = results.filter(({ query, can }) => can.allowed && query.isPending).length;
  const loading = pending > 0;
  const waited = useWaited(results.length - pending);
  // All entries appear at once: a later response, or its notice, would move what the user reads.
  const answers = loading && !waited ? [] : results;
  const years = timeline(
    answers.map(({ panel, query: { data } }) => ({
      panel,
      items: data?.items ?? [],
      ...(data && { find: data.find, came: data.came }),
    })),
    t,
  );
  const failed = answers.filter(
    ({ query, can }) => query.error || !can.allowed || (query.data && isIncomplete(query.data)),
  );
  const cut = answers.filter(({ query }) => query.data?.next);
  const unsorted = cut.filter(({ panel, sorted }) => panel.sort && !sorted);
  const newest = cut.filter((one) => !unsorted.includes(one));
  return (
    <section className={styles.timeline} aria-label={t('timeline')}>
      <h2 ref={heading} tabIndex={-1}>
        {t('timeline')}
      </h2>
      {failed.length > 0 && (
        <Notice
          tone="warning"
          role="status"
          title={t('timelineMissing', {
            parts: listText(failed.map(({ panel }) => t(panel.title))),
          })}
        />
      )}
      {unsorted.length > 0 && (
        <Notice tone="warning" title={t('eachPartUnsorted', { n: fewest(unsorted) })}>
          {listText(unsorted.map(({ panel }) => t(panel.title)))}
        </Notice>
      )}
      {newest.length > 0 && (
        <Notice
          title={t('timelineCut', {
            n: fewest(newest),
            parts: listText(newest.map(({ panel }) => t(panel.title))),
          })}
        />
      )}
      {loading && <Waiting lines={6} />}
      {!loading && [...years, ...failed, ...cut].length === 0 && <Notice title={t('noEntries')} />}
      {years.map(({ year, entries }) => (
        <section key={year ?? 'none'} aria-label={year ? String(year) : t('noDate')}>
          <h3 className={styles.year}>{year ?? t('noDate')}</h3>
          <ol className={styles.entries}>
            {entries.map((entry) => (
              <Entry key={entry.key} entry={entry} patientId={patientId} />
            ))}
          </ol>
        </section>
      ))}
    </section>
  );
}

function Entry({ entry, patientId }: { entry: TimelineEntry; patientId: string }) {
  const t = useMessages(messages);
  return (
    <li className={styles.entry}>
      <span className={styles.when}>
        <LineDate of={entry} />
      </span>
      <Link
        to="/patients/$id/$panel"
        params={{ id: patientId, panel: entry.panel.id }}
        className={styles.kind}
      >
        <Flag>{t(entry.panel.title)}</Flag>
      </Link>
      <span className={styles.what}>
        <Withdrawn when={entry.withdrawn} first>
          <strong>
            <Value>{entry.text}</Value>
          </strong>
        </Withdrawn>
        <Caveats of={entry.resource} />
      </span>
      {entry.detail && (
        <span>
          <Withdrawn when={entry.withdrawn} first={false}>
            <Value>{entry.detail}</Value>
          </Withdrawn>
        </span>
      )}
    </li>
  );
}
