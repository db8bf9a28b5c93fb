import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { Patient } from 'fhir/r4';
import { useMemo, useState } from 'react';
import { useCan } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { historyQuery } from '#data/queries.ts';
import { linkLoop } from '#fhir/client/bundle.ts';
import { mayHaveExpired } from '#fhir/client/page-url.ts';
import { formatDateTime } from '#fhir/dates/dates.ts';
import { differences } from '#fhir/changes/diff.ts';
import type { HistoryEntry, PageUrl } from '#fhir/types.ts';
import { listText } from '#i18n/list.ts';
import { useMessages } from '#i18n/provider.tsx';
import { AsyncView } from '#ui/states/async-view.tsx';
import { DataTable, type Column } from '#ui/table/data-table.tsx';
import { elementLabels } from '#ui/elements/element-label.ts';
import { messages as elementMessages } from '#ui/elements/messages.ts';
import { Flag } from '#ui/flag.tsx';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import { Notice } from '#ui/notice.tsx';
import { PageNotices } from '#ui/page-notices/page-notices.tsx';
import { useInnerHeadingFocus } from '#ui/inner-page.ts';
import { Pager } from '#ui/table/pager.tsx';
import { PageExpired } from '#ui/page-expired/lazy.ts';
import { PrintedPart } from '#ui/printed-part/printed-part.tsx';
import { messages } from './messages.ts';
import { Undelete } from './undelete.tsx';
import { sourceOf, useAuthors } from './use-author.ts';
import styles from './history.module.css';

type Entry = HistoryEntry<Patient>;

const TONES = { create: 'success', update: 'info', delete: 'danger' } as const;

/** `/patients/:id/history`: every version, newest first, deletions too. */
export function HistoryPage() {
  const t = useMessages(messages);
  const fhir = useFhir();
  const heading = useInnerHeadingFocus();
  const id = useParams({ strict: false }).id ?? '';
  const can = useCan('history', 'Patient');
  const [trail, setTrail] = useState<readonly PageUrl[]>([]);
  const query = useQuery({
    ...historyQuery(fhir, 'Patient', id, trail.at(-1)),
    enabled: can.allowed,
  });
  const { data, error } = query;
  const circle = data?.next !== undefined && trail.includes(data.next);
  const next = circle ? undefined : data?.next;
  const [restarted, setRestarted] = useState(false);
  // The page has expired on the server, so start again.
  if (trail.length > 0 && mayHaveExpired(error)) {
    setTrail([]);
    setRestarted(true);
  }
  return (
    <section className={styles.history} aria-label={t('title')}>
      <h2 ref={heading} tabIndex={-1}>
        {t('title')}
      </h2>
      {can.allowed ? (
        <AsyncView query={query}>
          {(page) => (
            <>
              {restarted && trail.length === 0 && <PageExpired />}
              {trail.length === 0 && page.versions[0]?.method === 'delete' && (
                <Undelete id={id} listed />
              )}
              <PageNotices
                notices={circle ? [...page.notices, linkLoop()] : page.notices}
                title={t('serverSays')}
              />
              {page.foreign > 0 && (
                <Notice tone="danger" role="alert" title={t('foreign', { n: page.foreign })}>
                  <p>{t('foreignMeans')}</p>
                </Notice>
              )}
              {(page.versions.length > 0 || page.foreign === 0) && (
                <Versions id={id} versions={page.versions} />
              )}
            </>
          )}
        </AsyncView>
      ) : (
        <Notice tone="warning" title={t(`notAllowed.${can.reason ?? 'role'}`)} />
      )}
      <PrintedPart page={trail.length + 1} more={next !== undefined} />
      {(trail.length > 0 || next) && (
        <Pager
          page={trail.length + 1}
          hasNext={next !== undefined || query.isPending}
          hasPrevious={trail.length > 0}
          onNext={() => {
            if (!next) return;
            setTrail([...trail, next]);
            setRestarted(false); // show the notice only once
          }}
          onPrevious={() => setTrail(trail.slice(0, -1))}
          busy={query.isFetching}
        />
      )}
    </section>
  );
}

/** Returns the elements that a version changed; undefined if one of the two is not known. */
const changedElements = (
  before: Patient | undefined,
  after: Patient | undefined,
): readonly string[] | undefined =>
  before && after && differences(before, after).map(({ path }) => path.split('.')[0] ?? '');

function Versions({ id, versions }: { id: string; versions: readonly Entry[] }) {
  const t = useMessages(messages);
  const elements = useMessages(elementMessages);
  const authors = useAuthors(id, versions);
  // Kept, because the authors render the table again, and a comparison of long lists takes a while.
  const changed = useMemo(
    () => versions.map(({ resource }, at) => changedElements(versions[at + 1]?.resource, resource)),
    [versions],
  );
  if (versions.length === 0) return <Notice title={t('none')} />;
  const columns: Column<Entry>[] = [
    {
      id: 'version',
      header: t('version'),
      rowHeader: true,
      cell: ({ versionId, resource }) =>
        versionId && resource ? (
          <Link to="/patients/$id/history/$versionId" params={{ id, versionId }}>
            {t('versionN', { id: versionId })}
          </Link>
        ) : (
          ((versionId && t('versionN', { id: versionId })) ?? t('unknown'))
        ),
    },
    {
      id: 'what',
      header: t('what'),
      cell: ({ method }) => <Flag tone={TONES[method]}>{t(`method.${method}`)}</Flag>,
    },
    { id: 'when', header: t('when'), cell: ({ at }) => formatDateTime(at) ?? t('unknown') },
    {
      id: 'who',
      header: t('who'),
      cell: (entry) =>
        authors.found.get(versions.indexOf(entry)) ??
        sourceOf(entry.resource) ??
        (authors.others ? t(authors.others) : '…'),
    },
    {
      id: 'changed',
      header: t('changed'),
      width: '40%',
      cell: (entry) => {
        const paths = changed[versions.indexOf(entry)];
        return paths ? listText(elementLabels(paths, elements)) || t('nothing') : '';
      },
    },
  ];
  return (
    <>
      {authors.error && (
        <ErrorAlert error={authors.error} title={t('whoFailed')} onRetry={authors.retry} />
      )}
      {authors.partly && <Notice title={t('whoPartly')} />}
      <DataTable
        caption={t('title')}
        columns={columns}
        rows={versions}
        rowKey={(entry) => `${entry.versionId ?? ''}/${entry.at ?? ''}/${entry.method}`}
      />
    </>
  );
}
