import { useEffect, useState } from 'react';
import type { BulkExport } from '#fhir/bulk-export.ts';
import { pollExport, type ExportStep } from '#fhir/bulk-export-poll.ts';
import type { StatusUrl } from '#fhir/bulk-export-url.ts';

/**
 * Asks after a job as long as the caller is on screen. Leaving stops the questions, not the job.
 *
 * @param round change it to ask anew after the questions have ended
 * @returns undefined until the first answer of the round
 */
export function useExportStep(
  bulk: BulkExport,
  url: StatusUrl,
  round: number,
): ExportStep | undefined {
  const [seen, setSeen] = useState<{ url: StatusUrl; round: number; step: ExportStep }>();
  useEffect(() => {
    const leave = new AbortController();
    void watch(bulk, url, leave.signal, (step) => setSeen({ url, round, step }));
    return () => leave.abort();
  }, [bulk, url, round]);
  return seen?.url === url && seen.round === round ? seen.step : undefined;
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
