import { createBulkExport, type BulkExport } from '#fhir/bulk-export/bulk-export.ts';
import type { ExportRequest, StatusUrl } from '#fhir/bulk-export/bulk-export-url.ts';
import { BadResponse, NetworkError } from '#fhir/errors.ts';
import type { Fhir } from '#data/fhir-context.ts';
import { isLost } from '#data/mutations-lost.ts';
import { transportOptions } from '#data/transport-options.ts';
import { forget, recall, remember } from '#session/tab-storage/storage.ts';
import { getSessionState } from '#session/state/store.ts';
import { readJob, type Job } from './job.ts';

export interface Snapshot {
  readonly job: Job | undefined;
  /** True while a kick-off request is pending. */
  readonly starting: boolean;
  /** Why the last kick-off failed. */
  readonly error: unknown;
}

/**
 * Holds the only export of a session, outside React: if the page is left during a kick-off, the
 * status URL must still be stored, and no second kick-off may start meanwhile.
 */
export interface JobKeeper {
  readonly bulk: BulkExport;
  /** Returns a stable object until something changes, as useSyncExternalStore requires. */
  readonly snapshot: () => Snapshot;
  readonly subscribe: (listener: () => void) => () => void;
  readonly start: (request: ExportRequest) => Promise<void>;
  readonly follow: (statusUrl: StatusUrl) => void;
  /** Forgets the job in this tab. It continues on the server. */
  readonly close: () => void;
}

/** Whether the server may run a job although the kick-off failed, because no response denies it. */
export const mayHaveStarted = (error: unknown): boolean =>
  error instanceof NetworkError || // a kick-off is a GET, and `isLost` covers lost writes only
  (isLost(error) && !(error instanceof BadResponse)); // a complete response that no job sends

const keepers = new WeakMap<Fhir, JobKeeper>();

/** Returns the keeper of a session; restores the export that this tab has stored. */
export function keeperFor(fhir: Fhir): JobKeeper {
  let keeper = keepers.get(fhir);
  if (!keeper) keepers.set(fhir, (keeper = createKeeper(fhir)));
  return keeper;
}

function createKeeper(fhir: Fhir): JobKeeper {
  const { client, session } = fhir;
  const key = `export.${session.key}`;
  const bulk = createBulkExport(transportOptions(fhir));
  const listeners = new Set<() => void>();
  const kept = recall(key, (value): value is unknown => value !== null);
  let current: Snapshot = { job: readJob(kept, client.baseUrl), starting: false, error: undefined };
  if (kept !== undefined && !current.job) forget(key);

  const set = (next: Snapshot): void => {
    current = next;
    for (const listener of listeners) listener();
  };
  const keep = (job: Job): void => {
    remember(key, job);
    set({ job, starting: false, error: undefined });
  };
  // Nothing may be stored after a sign-out.
  const isOver = (): boolean => {
    const state = getSessionState();
    return state.state !== 'ready' || state.session.key !== session.key;
  };

  return {
    bulk,
    snapshot: () => current,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async start(request) {
      if (current.starting) return;
      const asked: Job = { at: Date.now(), request, statusUrl: undefined, place: 'asking' };
      remember(key, asked); // otherwise a reload now would lose the job
      set({ job: undefined, starting: true, error: undefined });
      try {
        const answer = await bulk.start(request);
        if (isOver()) return;
        keep(
          answer.address === 'known'
            ? { ...asked, place: 'known', statusUrl: answer.statusUrl }
            : { ...asked, place: answer.address },
        );
      } catch (error) {
        if (isOver()) return;
        // Without a response the job may run; so may one whose request a reload has cancelled.
        if (!mayHaveStarted(error)) forget(key);
        set({ job: undefined, starting: false, error });
      }
    },
    follow: (statusUrl) => keep({ at: Date.now(), request: undefined, statusUrl, place: 'known' }),
    close() {
      forget(key);
      set({ job: undefined, starting: false, error: undefined });
    },
  };
}
