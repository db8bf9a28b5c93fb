import type { ReactNode } from 'react';
import { pointsToRawJson } from '#fhir/caveats/caveats.ts';
import type { FhirResource } from '#fhir/types.ts';
import { listText } from '#i18n/list.ts';
import { useMessages } from '#i18n/provider.tsx';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import { DataTable, type Column } from '#ui/table/data-table.tsx';
import { Notice } from '#ui/notice.tsx';
import { PageNotices } from '#ui/page-notices/page-notices.tsx';
import { RawJson } from '#ui/raw-json.tsx';
import { Caveats } from '../cells/caveats.tsx';
import { Missing, Withdrawn } from '../cells/cells.tsx';
import { wholeDates } from '../cells/whole-dates.tsx';
import { emptiness } from '../panel-query/completeness.ts';
import { messages } from '../messages.ts';
import { orderNote, type MessageId, type Panel, type T } from '../panel.ts';
import type { Test } from '../trend/tests-of.ts';
import { TrendDisclosure, type Disclosure } from '../trend/trend-disclosure.tsx';
import type { PanelPage as Page } from '../panel-query/panel-rows.ts';
import { rawRecords } from './raw-records.ts';

/** State of a panel of results that is kept while the user turns its pages. */
export interface Results extends Disclosure {
  /** The test whose results alone are shown; undefined for all tests. */
  readonly test: Test | undefined;
  readonly onTest: (test: Test | undefined) => void;
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

/** Shows the rows of one page, below notices about missing, foreign or unsorted records. */
export function PanelTable({
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
  /** True for the first page of the panel. */
  first: boolean;
  results: Results | undefined;
}) {
  const t = useMessages(messages);
  const raw = rawRecords(panel, page);
  return (
    <>
      <Notices page={page} order={orderNote(panel, page.items, unsorted)} />
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
      {page.items.length > 0 && (!part || raw.some(pointsToRawJson)) && <RawJson value={raw} />}
    </>
  );
}

function Notices({ page, order }: { page: Page; order: MessageId | undefined }) {
  const t = useMessages(messages);
  return (
    <>
      <PageNotices notices={page.notices} title={t('serverSays')} />
      {page.foreign > 0 && (
        <ErrorAlert
          error={undefined}
          title={t('foreign', { n: page.foreign })}
          advice={t('foreignMeans')}
        />
      )}
      {page.strayed > 0 && <Notice title={t('strayed', { n: page.strayed })} />}
      {page.astray > 0 && <Notice title={t('astray', { n: page.astray })} />}
      {order && <Notice title={t(order)} />}
    </>
  );
}

function columns(panel: Panel, t: T, { find, came }: Page): readonly Column<FhirResource>[] {
  return panel.columns.map(({ id, header, cell, rowHeader, width }) => ({
    id,
    header: t(header),
    ...(rowHeader && { rowHeader }),
    ...(width && { width }),
    cell: (resource) => {
      const shown = cell(resource, t, find, came);
      return (
        <Withdrawn when={panel.withdrawn(resource)} first={rowHeader === true}>
          {typeof shown === 'string' ? wholeDates(shown) : shown}
          {rowHeader && <Caveats of={resource} />}
        </Withdrawn>
      );
    },
  }));
}
