import { createBulkExport, type BulkExport } from '#fhir/bulk-export/bulk-export.ts';
import type { ExportRequest, StatusUrl } from '#fhir/bulk-export/bulk-export-url.ts';
import { BadResponse, NetworkError } from '#fhir/errors.ts';
import type { Fhir } from '#data/fhir-context.ts';
import { isLost } from '#data/mutations-lost.ts';
import { forget, recall, remember } from '#session/tab-storage/storage.ts';
import { getSessionState } from '#session/state/store.ts';
import { readJob, type Job } from './job.ts';

export interface Snapshot {
  readonly job: Job | undefined;
  /** A kick-off is under way. */
  readonly starting: boolean;
  /** Why the last kick-off failed. */
  readonly error: unknown;
}

/**
 * Holds the one export of a session, outside React: a kick-off whose page was left must still keep
 * the address that comes back, and no second one may start meanwhile.
 */
export interface JobKeeper {
  readonly bulk: BulkExport;
  /** Stable until something changes, as React's useSyncExternalStore wants it. */
  readonly snapshot: () => Snapshot;
  readonly subscribe: (listener: () => void) => () => void;
  readonly start: (request: ExportRequest) => Promise<void>;
  readonly follow: (statusUrl: StatusUrl) => void;
  /** Forgets the job here. It goes on at the server. */
  readonly close: () => void;
}

/** Whether a job may run after a kick-off that failed: nothing was answered that says it does not. */
export const mayHaveStarted = (error: unknown): boolean =>
  error instanceof NetworkError || // a kick-off is a GET, which writes nothing by itself
  (isLost(error) && !(error instanceof BadResponse)); // an answer, only none that a job has

const keepers = new WeakMap<Fhir, JobKeeper>();

/** The keeper for a session; restores what this tab knows of an export. */
export function keeperFor(fhir: Fhir): JobKeeper {
  let keeper = keepers.get(fhir);
  if (!keeper) keepers.set(fhir, (keeper = createKeeper(fhir)));
  return keeper;
}

function createKeeper({ client, session, log }: Fhir): JobKeeper {
  const { baseUrl } = client;
  const key = `export.${session.key}`;
  const bulk = createBulkExport({
    baseUrl,
    authorization: () => session.authorization(),
    renew: () => session.renew(),
    tokenExpired: () => session.tokenExpired?.() ?? false,
    requests: session.server.requests,
    log,
  });
  const listeners = new Set<() => void>();
  const kept = recall(key, (value): value is unknown => value !== null);
  let current: Snapshot = { job: readJob(kept, baseUrl), starting: false, error: undefined };
  if (kept !== undefined && !current.job) forget(key);

  const set = (next: Snapshot): void => {
    current = next;
    for (const listener of listeners) listener();
  };
  const keep = (job: Job): void => {
    remember(key, job);
    set({ job, starting: false, error: undefined });
  };
  // After a sign-out nothing may be stored.
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
      remember(key, asked); // else a reload now would leave a job that this page does not know
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
        // Without an answer the job may run; a request that a reload breaks off ends here as well.
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
