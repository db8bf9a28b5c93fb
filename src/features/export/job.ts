import {
  checkStatusUrl,
  type ExportRequest,
  type StatusUrl,
} from '#fhir/bulk-export/bulk-export-url.ts';
import { isRecord, number, record, text, texts } from '#lib/narrow.ts';

/** An export that this tab has started or follows. */
export interface Job {
  /** Milliseconds since the epoch; when it was pasted, for a job that was. */
  readonly at: number;
  /** What was asked for; undefined for a pasted address. */
  readonly request: ExportRequest | undefined;
  /** Undefined: it was started, and its status URL is not known. */
  readonly statusUrl: StatusUrl | undefined;
  /** Why there is no address: `asking` means that the answer to the kick-off never came here. */
  readonly place: 'known' | 'unreadable' | 'refused' | 'asking';
}

/**
 * Reads a job that was kept in the tab. Its address is checked once more: anything may stand in
 * session storage, and the token is sent there.
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
