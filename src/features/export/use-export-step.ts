import { useEffect, useState } from 'react';
import type { BulkExport } from '#fhir/bulk-export/bulk-export.ts';
import { pollExport, type ExportStep } from '#fhir/bulk-export/bulk-export-poll.ts';
import type { JobUrl, StatusUrl } from '#fhir/bulk-export/bulk-export-url.ts';

interface Seen {
  /** Undefined until the first response of the round. */
  readonly step: ExportStep | undefined;
  /** Undefined until the URL has responded like a job in any round. */
  readonly job: JobUrl | undefined;
}

/**
 * Polls a job while the caller is mounted. Unmounting stops the polling, not the job.
 *
 * @param url must not change while the caller is mounted
 * @param round change it to poll again after the polling has ended
 */
export function useExportStep(bulk: BulkExport, url: StatusUrl, round: number): Seen {
  const [seen, setSeen] = useState<Seen & { round: number }>();
  useEffect(() => {
    const leave = new AbortController();
    void watch(bulk, url, leave.signal, (step) =>
      setSeen((before) => ({
        round,
        step,
        job: (step.state === 'running' ? step.job : undefined) ?? before?.job,
      })),
    );
    return () => leave.abort();
  }, [bulk, url, round]);
  return { step: seen?.round === round ? seen.step : undefined, job: seen?.job };
}

async function watch(
  bulk: BulkExport,
  url: StatusUrl,
  signal: AbortSignal,
  onStep: (step: ExportStep) => void,
): Promise<void> {
  for await (const step of pollExport(bulk, url, { signal })) {
    if (signal.aborted) return;
    onStep(step);
  }
}
