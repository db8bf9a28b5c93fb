import {
  checkStatusUrl,
  type ExportRequest,
  type StatusUrl,
} from '#fhir/bulk-export/bulk-export-url.ts';
import { isRecord, number, record, text, texts } from '#lib/narrow.ts';

/** An export that this tab has started or follows. */
export interface Job {
  /** Start in milliseconds since the epoch; for a pasted URL the time of pasting. */
  readonly at: number;
  /** Export request; undefined for a pasted URL. */
  readonly request: ExportRequest | undefined;
  /** Status URL; undefined if the job was started but its URL is unknown. */
  readonly statusUrl: StatusUrl | undefined;
  /** Why the status URL is unknown: `asking` means that no response to the kick-off has arrived. */
  readonly place: 'known' | 'unreadable' | 'refused' | 'asking';
}

/**
 * Parses a job stored in the tab. Checks its URL again, because session storage may be manipulated
 * and the token is sent there.
 */
export function readJob(value: unknown, baseUrl: string): Job | undefined {
  if (!isRecord(value)) return undefined;
  const at = number(value['at']);
  const place = value['place'];
  if (at === undefined) return undefined;
  const request = readRequest(value['request']);
  if (place === 'unreadable' || place === 'refused' || place === 'asking') {
    return { at, request, statusUrl: undefined, place };
  }
  const statusUrl = checkStatusUrl(value['statusUrl'], baseUrl);
  return statusUrl && { at, request, statusUrl, place: 'known' };
}

function readRequest(value: unknown): ExportRequest | undefined {
  const { level, group, types, since, container } = record(value);
  if (level !== 'system' && level !== 'Patient' && level !== 'Group') return undefined;
  return {
    level,
    group: text(group),
    types: texts(types),
    since: text(since),
    container: text(container),
  };
}
