import { isRecord, number, record, records, text, type Json } from '#lib/narrow.ts';
import { checkFileUrl, type FileUrl } from './bulk-export-url.ts';

/** One file of an export: NDJSON with one resource per line. */
export interface ExportFile {
  /** Type of the resources in the file. */
  readonly type: string;
  /** The file's URL as the server sent it; show as text only. */
  readonly address: string;
  /** The URL if it lies under the FHIR base; this app does not fetch a file elsewhere. */
  readonly url: FileUrl | undefined;
  /** Number of resources in the file, if the server sent it. */
  readonly count: number | undefined;
}

/** The result of a finished export. */
export interface ExportManifest {
  /** FHIR instant of the exported data. */
  readonly at: string | undefined;
  /** URL of the kick-off request, as the server received it. */
  readonly request: string | undefined;
  /** Whether the files must be requested with the token. */
  readonly needsToken: boolean;
  readonly output: readonly ExportFile[];
  /** Files of OperationOutcomes about data that could not be exported. */
  readonly errors: readonly ExportFile[];
  /** Files of Bundles that name deleted resources. */
  readonly deleted: readonly ExportFile[];
  /** Number of files beyond the limit, which are not listed. */
  readonly omitted: number;
}

/** Most files of a list that are read; further ones are only counted. */
const MAX_FILES = 1000;

/**
 * Reads the body of a finished export, which may be malformed.
 *
 * @returns undefined if the body is not a manifest
 * @see https://hl7.org/fhir/uv/bulkdata/export.html#response---output-manifest
 */
export function readManifest(body: unknown, baseUrl: string): ExportManifest | undefined {
  if (!isRecord(body) || !Array.isArray(body['output'])) return undefined;
  let omitted = 0;
  const files = (value: unknown): ExportFile[] => {
    const all = records(value);
    omitted += Math.max(0, all.length - MAX_FILES);
    return all.slice(0, MAX_FILES).flatMap((entry) => readFile(entry, baseUrl) ?? []);
  };
  return {
    at: text(body['transactionTime']),
    request: text(body['request']),
    needsToken: body['requiresAccessToken'] !== false,
    output: files(body['output']),
    errors: files(body['error']),
    deleted: files(body['deleted']),
    omitted,
  };
}

function readFile(entry: Json, baseUrl: string): ExportFile | undefined {
  const address = entry['url'];
  if (typeof address !== 'string' || address === '') return undefined;
  const extension = record(entry['extension']);
  const count = number(entry['count']) ?? number(extension['count']);
  return {
    type: text(entry['type']) ?? '',
    address: address.slice(0, 4096),
    url: checkFileUrl(address, baseUrl),
    count: count !== undefined && count >= 0 ? Math.floor(count) : undefined,
  };
}

/** Returns a safe name for the file on disk: `Patient.ndjson`, or the end of the file's URL. */
export function fileName({ address, type }: Pick<ExportFile, 'address' | 'type'>): string {
  const path = URL.canParse(address) ? new URL(address).pathname : '';
  const last = path.slice(path.lastIndexOf('/') + 1).replace(/[^\w.-]+/g, '_');
  const name = last.replace(/^[._-]+/, '').slice(-80);
  if (/\.ndjson$/i.test(name)) return name;
  const kind = type.replace(/\W+/g, '').slice(0, 64) || 'export';
  return name === '' || name === kind ? `${kind}.ndjson` : `${kind}-${name}.ndjson`;
}
