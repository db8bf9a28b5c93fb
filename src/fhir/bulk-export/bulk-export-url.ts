import { isId } from '#lib/id.ts';
import { judgeLink } from '../client/page-url.ts';
import { isTypeName } from './resource-types.ts';
import { isUnder } from '../transport/compose.ts';

declare const statusUrl: unique symbol;
/** URL of an export job, checked to lie under the FHIR base. Made only in this module. */
export type StatusUrl = string & { readonly [statusUrl]: true };

declare const jobUrl: unique symbol;
/**
 * URL of an export job that has responded as a job. Only such a URL may be sent a DELETE, because
 * DELETE also deletes FHIR records. Made only in `bulk-export.ts`.
 */
export type JobUrl = StatusUrl & { readonly [jobUrl]: true };

declare const fileUrl: unique symbol;
/** URL of an exported file under the FHIR base, to which the token may be sent. */
export type FileUrl = string & { readonly [fileUrl]: true };

/** Scope of an export: the whole system, all patients, or the patients of a group. */
export type ExportLevel = 'system' | 'Patient' | 'Group';

/** The options of an export. */
export interface ExportRequest {
  readonly level: ExportLevel;
  /** Id of the Group, for level `Group` only. */
  readonly group?: string | undefined;
  /** Resource types; empty means all. */
  readonly types: readonly string[];
  /** FHIR instant; only resources changed since then are exported. */
  readonly since?: string | undefined;
  /** Azure only: container of the storage account that receives the files. */
  readonly container?: string | undefined;
}

/**
 * Returns the kick-off URL of an export.
 *
 * @throws {RangeError} if `group` is not a FHIR id, which callers must check
 * @see https://hl7.org/fhir/uv/bulkdata/export.html#query-parameters
 */
export function kickOffUrl(baseUrl: string, request: ExportRequest): string {
  const { level, group, types, since, container } = request;
  if (level === 'Group' && !isId(group)) throw new RangeError('a group needs an id');
  const place = level === 'system' ? '' : level === 'Patient' ? 'Patient/' : `Group/${group}/`;
  const query = new URLSearchParams({
    ...(types.length > 0 && { _type: types.join(',') }),
    ...(since && { _since: since }),
    ...(container && { _container: container }),
  }).toString();
  return `${baseUrl}/${place}$export${query && `?${query}`}`;
}

/**
 * Returns the status URL of a `Content-Location` header. A URL with the server's internal host is
 * rewritten to the configured base, as page links are.
 */
export function statusFromHeader(value: unknown, baseUrl: string): StatusUrl | undefined {
  const link = judgeLink(value, baseUrl, '');
  return link.verdict === 'refused' ? undefined : checkStatusUrl(link.url, baseUrl);
}

/**
 * Checks a status URL that the user pasted, that was stored in the tab or that a server sent.
 * Servers choose the path of their jobs freely.
 *
 * @returns the URL; undefined if it is not under the base, or is a URL of records
 */
export function checkStatusUrl(value: unknown, baseUrl: string): StatusUrl | undefined {
  if (typeof value !== 'string') return undefined;
  const trimmed = value.trim();
  if (trimmed.length > 2048 || !isUnder(baseUrl, trimmed)) return undefined;
  const url = new URL(trimmed);
  const step = firstStep(url.pathname.slice(new URL(baseUrl).pathname.replace(/\/+$/, '').length));
  if (step === undefined || step === '$export' || isTypeName(step)) return undefined;
  url.hash = '';
  return url.href as StatusUrl;
}

/**
 * Returns the first segment of a path below the base, read as servers may read it: unescaped,
 * without matrix parameters (`;v=1`), and skipping empty segments. Undefined if there is none: the
 * path is the base itself, or a search of the whole system.
 */
function firstStep(path: string): string | undefined {
  try {
    const steps = decodeURIComponent(path).split('/');
    return steps.map((step) => step.replace(/;.*/s, '').trim()).find((step) => step !== '');
  } catch {
    return undefined; // invalid UTF-8
  }
}

/** Returns the URL of a file if the token may be sent to it, otherwise undefined. */
export function checkFileUrl(value: unknown, baseUrl: string): FileUrl | undefined {
  return typeof value === 'string' && isUnder(baseUrl, value) ? (value as FileUrl) : undefined;
}
