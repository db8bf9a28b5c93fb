import { isRecord, number, record, records, text, type Json } from '#lib/narrow.ts';
import { checkFileUrl, type FileUrl } from './bulk-export-url.ts';

/** One file of an export: NDJSON, a resource a line. */
export interface ExportFile {
  /** The resource type in it. */
  readonly type: string;
  /** As the server wrote it; show as text only. */
  readonly address: string;
  /** The same, where it lies under the FHIR base; undefined: this program does not fetch it. */
  readonly url: FileUrl | undefined;
  /** Resources in it, where the server counted. */
  readonly count: number | undefined;
}

/** What a finished export has made. */
export interface ExportManifest {
  /** FHIR instant at which the data were taken. */
  readonly at: string | undefined;
  /** The kick-off address as the server understood it. */
  readonly request: string | undefined;
  /** Whether the files need the token. */
  readonly needsToken: boolean;
  readonly output: readonly ExportFile[];
  /** Files of OperationOutcomes: what could not be exported. */
  readonly errors: readonly ExportFile[];
  /** Files of Bundles that name deleted resources. */
  readonly deleted: readonly ExportFile[];
  /** Files that are not listed, because there are too many. */
  readonly omitted: number;
}

/** More files than anybody looks at one by one; the rest is counted. */
const MAX_FILES = 1000;

/**
 * Reads the body of a finished export, of any quality.
 *
 * @returns undefined where it is no manifest
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

/** A harmless name for the file on disk: `Patient.ndjson`, or what the address ends in. */
export function fileName({ address, type }: Pick<ExportFile, 'address' | 'type'>): string {
  const path = URL.canParse(address) ? new URL(address).pathname : '';
  const last = path.slice(path.lastIndexOf('/') + 1).replace(/[^\w.-]+/g, '_');
  const name = last.replace(/^[._-]+/, '').slice(-80);
  if (/\.ndjson$/i.test(name)) return name;
  const kind = type.replace(/\W+/g, '').slice(0, 64) || 'export';
  return name === '' || name === kind ? `${kind}.ndjson` : `${kind}-${name}.ndjson`;
}
