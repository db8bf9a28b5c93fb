import { useEffect, useState } from 'react';
import type { FhirResource, SearchParams } from '#fhir/types.ts';
import { useMessages } from '#i18n/provider.tsx';
import { AsyncView } from '#ui/states/async-view.tsx';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import { Notice } from '#ui/notice.tsx';
import { Pager } from '#ui/table/pager.tsx';
import { PageExpired } from '#ui/page-expired/lazy.ts';
import { PrintedPart } from '#ui/printed-part/printed-part.tsx';
import { messages } from '../messages.ts';
import type { Panel } from '../panel.ts';
import { TestChoice } from '../trend/test-choice.tsx';
import { oneTest, type Test } from '../trend/tests-of.ts';
import { usePanel } from '../panel-query/panel-query.ts';
import { PanelTable, type Results } from './panel-table.tsx';
import { useLocalPaging, usePanelPaging, type Pages } from './use-panel-paging.ts';
import { Waiting } from '../cells/waiting.tsx';

const ROWS = 25;
const NONE: readonly FhirResource[] = [];

/** Options of a panel that is shown as a part of a longer page, such as the encounter page. */
export interface PanelPart {
  /** Search criteria besides the patient and the panel's own. */
  readonly params: SearchParams;
  /** Returns false for a resource that the server sent although it does not meet `params`. */
  readonly keep: (resource: FhirResource) => boolean;
  /** False until the part comes into view; no request is sent before. */
  readonly enabled: boolean;
}

interface PanelViewProps {
  panel: Panel;
  patientId: string;
}

/** Shows one panel as a table with a pager, or a message where it cannot be read or is empty. */
export function PanelView({ panel, patientId }: PanelViewProps) {
  const place = usePanelPaging();
  // The pages of one test are kept locally: a history entry does not store the chosen test, so Back
  // or reload would show them as pages of all tests.
  const ofTest = useLocalPaging();
  const [test, setTest] = useState<Test>();
  const [open, setOpen] = useState(false);
  const onTest = (chosen: Test | undefined): void => {
    setTest(chosen);
    ofTest.restart(false);
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

/** Shows one of several panels on a page. */
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
  const { query, sorted, next, expired, can } = usePanel(panel, patientId, {
    count: panel.count ?? ROWS,
    later: pages.later,
    ...part,
  });
  useEffect(() => {
    if (expired) pages.restart(true);
    // oxlint-disable-next-line react/exhaustive-deps -- `pages` is new in each render; restart once
  }, [expired]);
  const waiting = <Waiting lines={part ? 3 : 8} />;
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
      {pages.expired && <PageExpired />}
      <AsyncView
        query={query}
        loading={waiting}
        failed={(error, retry) =>
          expired ? waiting : <ErrorAlert error={error} onRetry={retry} />
        }
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
          // Enabled while a next page is uncertain: a button loses the focus when it is disabled.
          hasNext={next !== undefined || query.isPending || expired}
          hasPrevious={pages.page > 1}
          onNext={() => next && pages.next(next)}
          onPrevious={pages.previous}
          busy={query.isFetching}
        />
      )}
    </>
  );
}
