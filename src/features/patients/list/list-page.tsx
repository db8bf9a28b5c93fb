import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Patient } from 'fhir/r4';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { keys } from '#data/keys.ts';
import { capabilitiesQuery, patientSearchQuery } from '#data/queries.ts';
import { Gone, Invalid, NotFound } from '#fhir/errors.ts';
import { ignoredParams } from '#fhir/ignored.ts';
import type { Stored, Versioned } from '#fhir/types.ts';
import { useMessages } from '#i18n/provider.tsx';
import { useAnnounce } from '#ui/announcer.tsx';
import { SlowHint } from '#ui/async-view.tsx';
import { Button } from '#ui/button.tsx';
import { ErrorAlert } from '#ui/error-alert.tsx';
import { SelectField } from '#ui/field.tsx';
import { Page } from '#ui/page.tsx';
import { Pager } from '#ui/pager.tsx';
import { toParams } from './criteria.ts';
import { EmptyList } from './empty-list.tsx';
import { ListNotices } from './list-notices.tsx';
import { fingerprint, following, PAGE_SIZES, useListPlace } from './list-state.ts';
import { messages } from './messages.ts';
import { NewPatientLink } from './new-patient-link.tsx';
import { PatientTable } from './patient-table.tsx';
import { SearchForm } from './search-form.tsx';
import { useShortcuts } from './shortcuts.ts';
import styles from './list.module.css';

const KeysDialog = lazy(async () => ({ default: (await import('./keys-dialog.tsx')).KeysDialog }));

/** Search, list and paging of patients. */
export function PatientListPage() {
  const t = useMessages(messages);
  const fhir = useFhir();
  const cache = useQueryClient();
  const announce = useAnnounce();
  const { place, sort, size, find, next, previous, restart, arrange } = useListPlace();
  const { criteria, page, from, before, seen, expired } = place;
  const [help, setHelp] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  const params = useMemo(() => toParams(criteria, sort, size), [criteria, sort, size]);
  const query = useQuery({
    ...patientSearchQuery(fhir, params, from),
    placeholderData: keepPreviousData,
  });
  const { data, error, isPlaceholderData } = query;
  const busy = isPlaceholderData && query.isFetching;
  const rows = useMemo(() => data?.items ?? [], [data]);
  const nextLink =
    data?.next !== undefined && !seen.includes(fingerprint(data.next)) ? data.next : undefined;

  // The link of a later page is the server's own: only the first answer tells what was ignored.
  const ignored = useMemo(
    () => ignoredParams(params, from === undefined && !isPlaceholderData ? data?.self : undefined),
    [params, from, data, isPlaceholderData],
  );

  // A server that forgot the page answers 410, 404 or 400: then from the start, criteria kept.
  const forgotten =
    from !== undefined &&
    (error instanceof Gone || error instanceof NotFound || error instanceof Invalid);
  useEffect(() => {
    if (forgotten) restart();
  }, [forgotten, restart]);

  useEffect(() => {
    if (nextLink === undefined || isPlaceholderData) return;
    void cache.prefetchQuery(patientSearchQuery(fhir, params, nextLink));
  }, [cache, fhir, params, nextLink, isPlaceholderData]);

  useEffect(() => {
    if (data && !isPlaceholderData) {
      announce(t('shown', { count: data.items.length }));
    }
  }, [announce, data, isPlaceholderData, t]);

  const goNext = useCallback(() => {
    if (busy || nextLink === undefined) return;
    next(following(place, nextLink, data?.self, rows.length));
  }, [busy, nextLink, next, place, data, rows.length]);
  const goPrevious = useCallback(() => {
    if (page > 1) previous();
  }, [page, previous]);

  useShortcuts(
    useMemo(
      () => ({
        '/': () => input.current?.focus(),
        n: goNext,
        p: goPrevious,
        '?': () => setHelp(true),
      }),
      [goNext, goPrevious],
    ),
  );

  // The name and the banner of a chart are there at once: what the list knows is as fresh as the list.
  const updatedAt = query.dataUpdatedAt;
  const open = useCallback(
    (patient: Stored<Patient>) => {
      const key = keys.read(fhir, 'Patient', patient.id);
      const partial = patient.meta?.tag?.some((tag) => tag.code === 'SUBSETTED');
      if (partial || cache.getQueryData(key)) return;
      const version = patient.meta?.versionId;
      const known: Versioned<Patient> = {
        resource: patient,
        etag: version === undefined ? undefined : `W/"${version}"`,
      };
      cache.setQueryData(key, known, { updatedAt });
    },
    [cache, fhir, updatedAt],
  );

  const sortKeys = useSortKeys(data !== undefined);
  const sortBy = useCallback((key: string | undefined) => arrange({ sort: key }), [arrange]);
  const loading = data === undefined && !error;
  const isEmpty = data !== undefined && rows.length === 0;

  return (
    <Page title={t('title')} actions={<NewPatientLink ask={data !== undefined} />}>
      <SearchForm criteria={criteria} onFind={find} inputRef={input} />
      <ListNotices page={data} expired={expired === true} ignored={ignored} />
      {error && !forgotten && <ErrorAlert error={error} onRetry={() => void query.refetch()} />}
      {(loading || rows.length > 0) && (
        <PatientTable
          rows={rows}
          busy={busy}
          skeletonRows={loading ? size : undefined}
          sort={sort}
          sortKeys={sortKeys}
          onSort={sortBy}
          onOpen={open}
        />
      )}
      {isEmpty && <EmptyList page={page} filtered={Object.keys(criteria).length > 0} />}
      <div className={styles.foot}>
        <Pager
          page={page}
          hasNext={nextLink !== undefined}
          hasPrevious={page > 1}
          onNext={goNext}
          onPrevious={goPrevious}
          total={data?.total}
          range={rows.length > 0 ? { from: before + 1, to: before + rows.length } : undefined}
          busy={busy}
        />
        <div className={styles.tools}>
          <SelectField
            label={t('pageSize')}
            value={String(size)}
            onChange={(event) => arrange({ size: Number(event.target.value) })}
            options={[...new Set([...PAGE_SIZES, size])].map((n) => ({
              value: String(n),
              label: t('rows', { count: n }),
            }))}
          />
          <Button variant="quiet" onClick={() => setHelp(true)}>
            {t('keys')}
          </Button>
        </div>
      </div>
      {query.isFetching && <SlowHint />}
      <Suspense>{help && <KeysDialog open onClose={() => setHelp(false)} />}</Suspense>
    </Page>
  );
}

/** What the server can sort by, asked for only once the first list is there. */
function useSortKeys(ask: boolean) {
  const { data: capability } = useQuery({ ...capabilitiesQuery(useFhir()), enabled: ask });
  return useMemo(() => {
    const declared = (name: string): string | undefined =>
      capability?.searchParam('Patient', name) ? name : undefined;
    return { name: declared('family') ?? declared('name'), birthDate: declared('birthdate') };
  }, [capability]);
}
