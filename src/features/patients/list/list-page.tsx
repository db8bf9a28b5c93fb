import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useMessages, useSettings } from '#i18n/provider.tsx';
import { useAnnounce } from '#ui/announcer.tsx';
import { Button } from '#ui/button.tsx';
import { Page } from '#ui/page.tsx';
import { SlowHint } from '#ui/states/slow-hint.tsx';
import type { Chooser } from './chooser.ts';
import {
  COLUMNS,
  DEFAULT_COLUMNS,
  keepColumns,
  readColumns,
  type ColumnId,
} from './rows/columns.ts';
import {
  ArrangePanel,
  EmptyList,
  ListKeys,
  ListNotices,
  Refused,
  SelectionBar,
} from './lazy-parts.tsx';
import { ListFoot } from './list-foot.tsx';
import { following as followingPlace, useListPlace } from './query/list-state.ts';
import { messages } from './messages.ts';
import { NewPatientLink } from './new-patient-link.tsx';
import { HEADERS } from './rows/patient-columns.tsx';
import { PatientTable, RemarksContext, type Remark } from './rows/patient-table.tsx';
import { SearchForm } from './search-form.tsx';
import { useFind } from './query/use-find.ts';
import { useKnownPatient } from './use-known-patient.ts';
import { usePatientPage } from './query/use-patient-page.ts';
import { SelectionContext, useSelection } from './use-selection.ts';
import { useSettled } from './use-settled.ts';
import { useSortKeys } from './use-sort-keys.ts';
import styles from './list.module.css';

/**
 * The page with the search, list and paging of patients.
 *
 * @param props.chooser set while another program waits for a choice
 */
export function PatientListPage({ chooser }: { chooser?: Chooser }) {
  const t = useMessages(messages);
  const announce = useAnnounce();
  const { place, sort, size, find, next, previous, restart, arrange } = useListPlace();
  const { criteria, page, before, expired } = place;
  const [help, setHelp] = useState(false);
  const [asking, setAsking] = useState(false);
  const [arranging, setArranging] = useState(false);
  const chosen = useSettings();
  const columns = useMemo(() => readColumns(chosen), [chosen]);
  const { selecting, setSelecting, setSelected, selection } = useSelection(chooser);
  const [boxed, setBoxed] = useState(false);
  const [remarks, setRemarks] = useState<ReadonlyMap<string, Remark>>();
  const input = useRef<HTMLInputElement>(null);
  const around = useRef<HTMLDivElement>(null);
  const toggle = useRef<HTMLButtonElement>(null);

  const shown = usePatientPage(place, sort, size);
  const { query, rows, following, params, nextLink, ignored, counting, busy, forgotten } = shown;
  const { data, error, isPlaceholderData } = query;
  const listed = data !== undefined;
  const settled = useSettled(listed);

  useEffect(() => {
    if (forgotten) restart();
  }, [forgotten, restart]);

  useEffect(() => {
    if (data && !isPlaceholderData) {
      announce(t('shown', { count: data.items.length }));
    }
  }, [announce, data, isPlaceholderData, t]);

  const findNow = useFind(find, sort, size);

  const goNext = useCallback(() => {
    if (busy || nextLink === undefined) return;
    next(followingPlace(place, nextLink, data?.self, rows.length, ignored));
  }, [busy, nextLink, next, place, data, rows.length, ignored]);
  const goPrevious = useCallback(() => {
    if (page > 1) previous();
  }, [page, previous]);

  const open = useKnownPatient(query.dataUpdatedAt);

  const sortKeys = useSortKeys(settled);
  const sortBy = useCallback((key: string | undefined) => arrange({ sort: key }), [arrange]);
  const loading = !listed && !error;
  const retry = (): void => void query.refetch();

  return (
    <Page
      title={chooser?.title ?? t('title')}
      lead={chooser?.lead}
      actions={
        <>
          <Button icon="sort" aria-expanded={arranging} onClick={() => setArranging(!arranging)}>
            {t('arrange')}
          </Button>
          {!chooser && (
            <>
              <Button
                ref={toggle}
                icon="check"
                aria-pressed={selecting}
                onClick={() => setSelecting(!selecting)}
              >
                {t('select')}
              </Button>
              <NewPatientLink ask={settled || error !== null} />
            </>
          )}
        </>
      }
    >
      <SearchForm
        criteria={criteria}
        onFind={findNow}
        onAsk={setAsking}
        inputRef={input}
        settled={settled}
      />
      <Suspense>
        {arranging && (
          <ArrangePanel
            sort={sort}
            onSort={sortBy}
            columns={columns}
            onColumns={keepColumns}
            all={COLUMNS}
            usual={DEFAULT_COLUMNS}
            headerOf={(column: ColumnId) => t(HEADERS[column])}
          />
        )}
      </Suspense>
      {/* Only about visible rows: while `asking`, the search box itself tells what is wrong. */}
      {settled && !asking && (
        <Suspense>
          <ListNotices
            page={data}
            waiting={isPlaceholderData}
            pageNumber={page}
            next={nextLink}
            params={params}
            onRemarks={setRemarks}
            expired={expired === true}
            ignored={ignored}
            sort={sort}
            criteria={criteria}
            onFind={find}
            inputRef={input}
          />
        </Suspense>
      )}
      {error && !forgotten && (
        <Suspense fallback={null}>
          <Refused
            error={error}
            onRetry={retry}
            criteria={criteria}
            onFind={find}
            inputRef={input}
            onUnsort={sort === undefined ? undefined : () => sortBy(undefined)}
          />
        </Suspense>
      )}
      <div ref={around} hidden={asking}>
        {(loading || rows.length > 0) && (
          <SelectionContext value={selection}>
            <RemarksContext value={remarks}>
              <PatientTable
                rows={rows}
                page={page}
                following={following}
                busy={busy}
                skeletonRows={loading ? size : undefined}
                columns={columns}
                sort={sort}
                sortKeys={sortKeys}
                onSort={sortBy}
                onOpen={open}
                selecting={selecting && boxed}
              />
            </RemarksContext>
          </SelectionContext>
        )}
      </div>
      <Suspense>
        {listed && rows.length === 0 && !asking && (
          <EmptyList page={page} criteria={criteria} notices={data.notices} chooser={chooser} />
        )}
      </Suspense>
      <div className={styles.bottom} hidden={asking}>
        <Suspense>
          {selecting && (
            <SelectionBar
              selected={selection.selected}
              rows={rows}
              onShown={setBoxed}
              onChange={(all) => setSelected(() => all)}
              onDone={() => {
                setSelecting(false);
                toggle.current?.focus();
              }}
              chooser={chooser}
            />
          )}
        </Suspense>
        <ListFoot
          page={page}
          hasNext={nextLink !== undefined}
          onNext={goNext}
          onPrevious={goPrevious}
          range={rows.length > 0 ? { from: before + 1, to: before + rows.length } : undefined}
          total={data?.total}
          counting={counting}
          loading={loading}
          busy={busy}
          size={size}
          onSize={(wanted) => arrange({ size: wanted })}
          onHelp={() => setHelp(true)}
        />
      </div>
      {query.isFetching && <SlowHint />}
      {(settled || error) && (
        <Suspense>
          <ListKeys
            around={around}
            input={input}
            answered={asking || isPlaceholderData || loading ? undefined : (criteria.text ?? '')}
            onNext={goNext}
            onPrevious={goPrevious}
            help={help}
            onHelp={setHelp}
            chooser={chooser}
          />
        </Suspense>
      )}
    </Page>
  );
}
