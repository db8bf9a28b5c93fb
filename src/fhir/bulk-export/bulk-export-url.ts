import { judgeLink } from '../client/page-url.ts';
import { isId } from '../reference.ts';
import { isTypeName } from './resource-types.ts';
import { isUnder } from '../transport/compose.ts';

declare const statusUrl: unique symbol;
/** The address of an export job, checked to lie under the FHIR base. Minted only here. */
export type StatusUrl = string & { readonly [statusUrl]: true };

declare const jobUrl: unique symbol;
/**
 * The address of an export job that has answered as one. Only such an address may be deleted: that
 * is also how FHIR deletes records. Minted only in `bulk-export.ts`.
 */
export type JobUrl = StatusUrl & { readonly [jobUrl]: true };

declare const fileUrl: unique symbol;
/** The address of an exported file that lies under the FHIR base, so that the token may go there. */
export type FileUrl = string & { readonly [fileUrl]: true };

/** What is exported: everything, every patient's record, or the records of a group's patients. */
export type ExportLevel = 'system' | 'Patient' | 'Group';

/** What a person asks for. */
export interface ExportRequest {
  readonly level: ExportLevel;
  /** Logical id of the Group; for level `Group` only. */
  readonly group?: string | undefined;
  /** Resource types; none means all. */
  readonly types: readonly string[];
  /** FHIR instant: only what changed since. */
  readonly since?: string | undefined;
  /** Azure: the container of the storage account that the files go to. */
  readonly container?: string | undefined;
}

/**
 * The kick-off address of an export.
 *
 * @throws RangeError for a group that is not a FHIR id: a mistake in the program
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
 * The status address in a `Content-Location` header. One that names the server by its inner host is
 * rewritten to the configured base, as page links are.
 */
export function statusFromHeader(value: unknown, baseUrl: string): StatusUrl | undefined {
  const link = judgeLink(value, baseUrl, '');
  return link.verdict === 'refused' ? undefined : checkStatusUrl(link.url, baseUrl);
}

/**
 * A status address that a person pasted, that was kept in the tab or that a server named: under the
 * base, and no place where records are, or nothing. Servers name the place of their jobs freely.
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
 * The first step of a path below the base, read as servers may: unescaped, without matrix
 * parameters (`;v=1`), empty steps skipped. Undefined where there is no step: that is the base
 * itself, or a search of everything.
 */
function firstStep(path: string): string | undefined {
  try {
    const steps = decodeURIComponent(path).split('/');
    return steps.map((step) => step.replace(/;.*/s, '').trim()).find((step) => step !== '');
  } catch {
    return undefined; // no UTF-8
  }
}

/** Whether the token may go to a file's address. */
export function checkFileUrl(value: unknown, baseUrl: string): FileUrl | undefined {
  return typeof value === 'string' && isUnder(baseUrl, value) ? (value as FileUrl) : undefined;
}
