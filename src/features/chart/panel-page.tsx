import { Link } from '@tanstack/react-router';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { FhirResource, PageUrl } from '#fhir/types.ts';
import { useMessages } from '#i18n/provider.tsx';
import { AsyncView } from '#ui/async-view.tsx';
import { DataTable, type Column } from '#ui/data-table.tsx';
import { IssueList } from '#ui/error-alert.tsx';
import { Notice } from '#ui/notice.tsx';
import { useHeadingFocus } from '#ui/page.tsx';
import { Pager } from '#ui/pager.tsx';
import { RawJson } from '#ui/raw-json.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { Withdrawn } from './cells.tsx';
import { messages } from './messages.ts';
import type { Panel, T } from './panel.ts';
import { usePanel, type PanelPage as Page } from './panel-query.ts';
import { panelById, TIMELINE } from './panels.ts';
import { Timeline } from './timeline.tsx';
import { usePatientId } from './use-patient.ts';
import styles from './panel-page.module.css';

const ROWS = 25;

/** `/patients/:id/:panel`: one panel of the chart, or the timeline. */
export function PanelPage() {
  const t = useMessages(messages);
  const id = usePatientId();
  const name = useParams({ strict: false }).panel ?? '';
  if (name === TIMELINE) return <Timeline key={id} patientId={id} />;
  const panel = panelById(name);
  if (!panel) {
    return (
      <Notice
        tone="warning"
        title={t('noPanel')}
        actions={
          <Link to="/patients/$id" params={{ id }}>
            {t('summary')}
          </Link>
        }
      />
    );
  }
  return <PanelView key={`${id}/${panel.id}`} panel={panel} patientId={id} />;
}

function PanelView({ panel, patientId }: { panel: Panel; patientId: string }) {
  const t = useMessages(messages);
  const heading = useHeadingFocus();
  // The links of the pages gone through: servers such as Microsoft's send no way back.
  const [trail, setTrail] = useState<readonly PageUrl[]>([]);
  const { query, sorted, can } = usePanel(panel, patientId, { count: ROWS, from: trail.at(-1) });
  const next = query.data?.next;
  return (
    <section className={styles.panel} aria-label={t(panel.title)}>
      <h2 ref={heading} tabIndex={-1}>
        {t(panel.title)}
      </h2>
      {can.allowed ? (
        <AsyncView query={query} loading={<Skeleton lines={8} />}>
          {(page) => (
            <PanelTable panel={panel} page={page} unsorted={Boolean(panel.sort) && !sorted} />
          )}
        </AsyncView>
      ) : (
        <Notice tone="warning" title={t(`noRead.${can.reason ?? 'role'}`, { type: panel.type })} />
      )}
      {(trail.length > 0 || next) && (
        <Pager
          page={trail.length + 1}
          hasNext={next !== undefined}
          hasPrevious={trail.length > 0}
          onNext={() => next && setTrail([...trail, next])}
          onPrevious={() => setTrail(trail.slice(0, -1))}
          busy={query.isFetching}
        />
      )}
    </section>
  );
}

function PanelTable({ panel, page, unsorted }: { panel: Panel; page: Page; unsorted: boolean }) {
  const t = useMessages(messages);
  return (
    <>
      <Notices page={page} unsorted={unsorted} />
      {page.items.length === 0 ? (
        <Notice title={t('noEntries')}>
          <p>{t(page.next ? 'noEntriesHere' : 'noEntriesText')}</p>
        </Notice>
      ) : (
        <>
          <DataTable
            caption={t(panel.title)}
            columns={columns(panel, t)}
            rows={page.items}
            rowKey={(resource) => `${resource.resourceType}/${resource.id}`}
          />
          <RawJson value={page.items} />
        </>
      )}
    </>
  );
}

function Notices({ page, unsorted }: { page: Page; unsorted: boolean }) {
  const t = useMessages(messages);
  return (
    <>
      {page.notices.length > 0 && (
        <Notice tone="warning" title={t('serverSays')} role="status">
          <IssueList issues={page.notices} />
        </Notice>
      )}
      {unsorted && <Notice title={t('unsorted')} />}
    </>
  );
}

function columns(panel: Panel, t: T): readonly Column<FhirResource>[] {
  return panel.columns.map(({ id, header, cell, rowHeader, width }) => ({
    id,
    header: t(header),
    ...(rowHeader && { rowHeader }),
    ...(width && { width }),
    cell: (resource) => (
      <Withdrawn when={panel.withdrawn(resource)} first={rowHeader === true}>
        {cell(resource, t)}
      </Withdrawn>
    ),
  }));
}
