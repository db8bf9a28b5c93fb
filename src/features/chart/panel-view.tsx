import type { ReactNode } from 'react';
import { pointsToRawJson } from '#fhir/caveats.ts';
import type { FhirResource, SearchParams } from '#fhir/types.ts';
import { useMessages } from '#i18n/provider.tsx';
import { AsyncView } from '#ui/async-view.tsx';
import { DataTable, type Column } from '#ui/data-table.tsx';
import { ErrorAlert, IssueList } from '#ui/error-alert.tsx';
import { Notice } from '#ui/notice.tsx';
import { Pager } from '#ui/pager.tsx';
import { RawJson } from '#ui/raw-json.tsx';
import { Caveats } from './caveats.tsx';
import { Missing, Withdrawn } from './cells.tsx';
import { emptiness } from './lacking.ts';
import { messages } from './messages.ts';
import type { Find, Panel, T } from './panel.ts';
import { TrendDisclosure } from './trend/trend-disclosure.tsx';
import { usePanel } from './panel-query.ts';
import type { PanelPage as Page } from './panel-rows.ts';
import { useOwnPlace, usePlace, type Pages } from './use-place.ts';
import { Waiting } from './waiting.tsx';

const ROWS = 25;

/** What a part of a longer page asks for and shows, where a panel fills a page of its own. */
export interface PanelPart {
  /** Search criteria besides the patient and the panel's own. */
  readonly params: SearchParams;
  /** False for what the server sent although these criteria leave it out. */
  readonly keep: (resource: FhirResource) => boolean;
  /** False until it comes into view. */
  readonly enabled: boolean;
}

interface PanelViewProps {
  panel: Panel;
  patientId: string;
}

/** One panel as a table with its pages, and words where it cannot be read or holds nothing. */
export function PanelView(props: PanelViewProps) {
  return <PanelPages {...props} pages={usePlace()} />;
}

/** One of several panels on a page. */
export function PartView(props: PanelViewProps & { part: PanelPart }) {
  return <PanelPages {...props} pages={useOwnPlace()} />;
}

function PanelPages({
  panel,
  patientId,
  part,
  pages,
}: PanelViewProps & { part?: PanelPart; pages: Pages }) {
  const t = useMessages(messages);
  const { query, sorted, can } = usePanel(panel, patientId, {
    count: panel.count ?? ROWS,
    from: pages.from,
    ...part,
  });
  const next = query.data?.next;
  if (!can.allowed) {
    return (
      <Notice tone="warning" title={t(`noRead.${can.reason ?? 'role'}`, { type: panel.type })} />
    );
  }
  return (
    <>
      <AsyncView
        query={query}
        loading={<Waiting lines={part ? 3 : 8} />}
        failed={(error, retry) => (
          // The link of a later page may have run out: then from the start.
          <ErrorAlert error={error} onRetry={pages.page > 1 ? pages.restart : retry} />
        )}
      >
        {(page) => (
          <PanelTable
            panel={panel}
            page={page}
            unsorted={Boolean(panel.sort) && !sorted}
            part={part !== undefined}
            first={pages.page === 1}
          />
        )}
      </AsyncView>
      {(pages.page > 1 || next) && (
        <Pager
          page={pages.page}
          // As long as nobody knows: a button that is disabled for a moment drops the focus.
          hasNext={next !== undefined || query.isPending}
          hasPrevious={pages.page > 1}
          onNext={() => next && pages.next(next)}
          onPrevious={pages.previous}
          busy={query.isFetching}
        />
      )}
    </>
  );
}

function Empty({
  panel,
  page,
  part,
  first,
}: {
  panel: Panel;
  page: Page;
  part: boolean;
  first: boolean;
}): ReactNode {
  const t = useMessages(messages);
  const means = emptiness(page);
  if (means === 'unknown') return <Notice tone="warning" title={t('cardLacks')} />;
  if (means === 'more' || !first) {
    return (
      <Notice title={t('noEntriesHere')}>{means === 'more' && <p>{t('noEntriesNext')}</p>}</Notice>
    );
  }
  if (part) return <Missing>{t(panel.nothing ?? 'noEntriesShort')}</Missing>;
  return (
    <Notice title={t(panel.nothing ?? 'noEntries')}>
      <p>{t('noEntriesText')}</p>
    </Notice>
  );
}

function PanelTable({
  panel,
  page,
  unsorted,
  part,
  first,
}: {
  panel: Panel;
  page: Page;
  unsorted: boolean;
  part: boolean;
  /** No page stands before it. */
  first: boolean;
}) {
  const t = useMessages(messages);
  return (
    <>
      <Notices page={page} unsorted={unsorted && page.items.length > 1} />
      {page.narrowed && <Notice tone="warning" title={t('narrowed')} />}
      {panel.sifted && !page.narrowed && (page.next || !first) && (
        <Notice title={t(panel.sifted)} />
      )}
      {panel.type === 'Observation' && !part && page.items.length > 2 && (
        <TrendDisclosure observations={page.items} />
      )}
      {page.items.length === 0 ? (
        <Empty panel={panel} page={page} part={part} first={first} />
      ) : (
        <DataTable
          caption={t(panel.title)}
          columns={columns(panel, t, page.find)}
          rows={page.items}
          rowKey={(resource) => `${resource.resourceType}/${resource.id}`}
        />
      )}
      {page.items.length > 0 && (!part || page.items.some(pointsToRawJson)) && (
        <RawJson value={page.items} />
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
      {page.foreign > 0 && (
        <Notice tone="danger" role="alert" title={t('foreign', { n: page.foreign })}>
          <p>{t('foreignMeans')}</p>
        </Notice>
      )}
      {page.astray > 0 && <Notice title={t('astray', { n: page.astray })} />}
      {unsorted && <Notice title={t('unsorted')} />}
    </>
  );
}

function columns(panel: Panel, t: T, find: Find): readonly Column<FhirResource>[] {
  return panel.columns.map(({ id, header, cell, rowHeader, width }) => ({
    id,
    header: t(header),
    ...(rowHeader && { rowHeader }),
    ...(width && { width }),
    cell: (resource) => (
      <Withdrawn when={panel.withdrawn(resource)} first={rowHeader === true}>
        {cell(resource, t, find)}
        {rowHeader && <Caveats of={resource} />}
      </Withdrawn>
    ),
  }));
}
