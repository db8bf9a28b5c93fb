import { useState, type ReactNode } from 'react';
import { pointsToRawJson } from '#fhir/caveats/caveats.ts';
import type { FhirResource, SearchParams } from '#fhir/types.ts';
import { listText } from '#i18n/list.ts';
import { useMessages } from '#i18n/provider.tsx';
import { AsyncView } from '#ui/states/async-view.tsx';
import { DataTable, type Column } from '#ui/table/data-table.tsx';
import { ErrorAlert, IssueList } from '#ui/errors/error-alert.tsx';
import { Notice } from '#ui/notice.tsx';
import { Pager } from '#ui/table/pager.tsx';
import { PrintedPart } from '#ui/printed-part/printed-part.tsx';
import { RawJson } from '#ui/raw-json.tsx';
import { Caveats } from '../cells/caveats.tsx';
import { Missing, Withdrawn } from '../cells/cells.tsx';
import { emptiness } from '../panel-query/completeness.ts';
import { messages } from '../messages.ts';
import type { Panel, T } from '../panel.ts';
import { TestChoice } from '../trend/test-choice.tsx';
import { oneTest, type Test } from '../trend/tests-of.ts';
import { TrendDisclosure, type Disclosure } from '../trend/trend-disclosure.tsx';
import { usePanel } from '../panel-query/panel-query.ts';
import type { PanelPage as Page } from '../panel-query/panel-rows.ts';
import { useLocalPaging, usePanelPaging, type Pages } from './use-panel-paging.ts';
import { Waiting } from '../cells/waiting.tsx';

const ROWS = 25;
const NONE: readonly FhirResource[] = [];

/** What a part of a longer page asks for and shows, where a panel fills a page of its own. */
export interface PanelPart {
  /** Search criteria besides the patient and the panel's own. */
  readonly params: SearchParams;
  /** False for what the server sent although these criteria leave it out. */
  readonly keep: (resource: FhirResource) => boolean;
  /** False until it comes into view. */
  readonly enabled: boolean;
}

/** What is kept from page to page of results. */
interface Results extends Disclosure {
  /** The one that is shown alone. */
  readonly test: Test | undefined;
  readonly onTest: (test: Test | undefined) => void;
}

interface PanelViewProps {
  panel: Panel;
  patientId: string;
}

/** One panel as a table with its pages, and words where it cannot be read or holds nothing. */
export function PanelView({ panel, patientId }: PanelViewProps) {
  const place = usePanelPaging();
  // Of one test alone, and so not where Back and reload would find them among all.
  const ofTest = useLocalPaging();
  const [test, setTest] = useState<Test>();
  const [open, setOpen] = useState(false);
  const onTest = (chosen: Test | undefined): void => {
    setTest(chosen);
    ofTest.restart();
    if (chosen) setOpen(true);
  };
  return (
    <PanelPages
      panel={test ? oneTest(panel, test) : panel}
      patientId={patientId}
      pages={test ? ofTest : place}
      {...(panel.type === 'Observation' && { results: { test, onTest, open, onOpen: setOpen } })}
    />
  );
}

/** One of several panels on a page. */
export function PartView(props: PanelViewProps & { part: PanelPart }) {
  return <PanelPages {...props} pages={useLocalPaging()} />;
}

function PanelPages({
  panel,
  patientId,
  part,
  pages,
  results,
}: PanelViewProps & { part?: PanelPart; pages: Pages; results?: Results }) {
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
      {results && (
        <TestChoice
          label={t(panel.columns[0]?.header ?? 'test')}
          observations={query.data?.items ?? NONE}
          chosen={results.test}
          onChoose={results.onTest}
        />
      )}
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
            results={results}
          />
        )}
      </AsyncView>
      <PrintedPart page={pages.page} more={next !== undefined} />
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
  results,
}: {
  panel: Panel;
  page: Page;
  unsorted: boolean;
  part: boolean;
  /** No page stands before it. */
  first: boolean;
  results: Results | undefined;
}) {
  const t = useMessages(messages);
  return (
    <>
      <Notices page={page} unsorted={unsorted && page.items.length > 1} />
      {page.granted.length > 0 && (
        <Notice tone="warning" title={t('grantedPart', { parts: listText(page.granted) })} />
      )}
      {page.narrowed && <Notice tone="warning" title={t('narrowed')} />}
      {panel.sifted && !page.narrowed && (page.next || !first) && (
        <Notice title={t(panel.sifted)} />
      )}
      {results && page.items.length > 2 && (
        <TrendDisclosure page={page} newest={first && !unsorted} {...results} />
      )}
      {page.items.length === 0 ? (
        <Empty panel={panel} page={page} part={part} first={first} />
      ) : (
        <DataTable
          caption={t(panel.title)}
          columns={columns(panel, t, page)}
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
      {page.strayed > 0 && <Notice title={t('strayed', { n: page.strayed })} />}
      {page.astray > 0 && <Notice title={t('astray', { n: page.astray })} />}
      {unsorted && <Notice title={t('unsorted')} />}
    </>
  );
}

function columns(panel: Panel, t: T, { find, came }: Page): readonly Column<FhirResource>[] {
  return panel.columns.map(({ id, header, cell, rowHeader, width }) => ({
    id,
    header: t(header),
    ...(rowHeader && { rowHeader }),
    ...(width && { width }),
    cell: (resource) => (
      <Withdrawn when={panel.withdrawn(resource)} first={rowHeader === true}>
        {cell(resource, t, find, came)}
        {rowHeader && <Caveats of={resource} />}
      </Withdrawn>
    ),
  }));
}
