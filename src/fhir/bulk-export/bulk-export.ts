import { readBlob } from '../transport/blob.ts';
import { parseBody } from '../transport/body.ts';
import { retryAfter } from '../transport/error-body.ts';
import { createTransport, type TransportOptions } from '../transport/transport.ts';
import { text } from '#lib/narrow.ts';
import { readManifest, type ExportFile, type ExportManifest } from './bulk-export-manifest.ts';
import {
  kickOffUrl,
  statusFromHeader,
  type ExportRequest,
  type JobUrl,
  type StatusUrl,
} from './bulk-export-url.ts';
import { BadResponse, Gone, NotFound, silent } from '../errors.ts';
import type { CallOptions } from '../types.ts';

/** The status of a job, as the server reports it. */
export type ExportStatus =
  | {
      readonly state: 'running';
      /** The URL, now known to be that of a job: only a job responds with 202. */
      readonly job: JobUrl;
      /** The `X-Progress` text; undefined if it is not sent or CORS hides it. */
      readonly progress: string | undefined;
      /** Seconds to wait before the next request, if the server sent them. */
      readonly retryAfter: number | undefined;
    }
  | { readonly state: 'done'; readonly manifest: ExportManifest };

/** Result of a kick-off that the server accepted: whether the job's status URL is known. */
export type KickOff =
  | { readonly address: 'known'; readonly statusUrl: StatusUrl }
  /** `Content-Location` is missing: the server did not send it, or CORS hides it. */
  | { readonly address: 'unreadable' }
  /** `Content-Location` is outside the FHIR base, where the token must not be sent, or a record. */
  | { readonly address: 'refused' };

/** Bulk Data Access for one server. Its methods throw the errors of `FhirClient`. */
export interface BulkExport {
  readonly baseUrl: string;
  /** Starts a job. The request is never repeated, because each one starts another job. */
  start(request: ExportRequest, o?: CallOptions): Promise<KickOff>;
  status(url: StatusUrl, o?: CallOptions): Promise<ExportStatus>;
  /** Cancels a job. A job that the server no longer knows counts as cancelled. */
  cancel(job: JobUrl, o?: CallOptions): Promise<void>;
  /**
   * Fetches a file.
   *
   * @param onBytes called with the number of bytes received so far
   * @throws {Gone} for a file outside the FHIR base
   * @throws {TooLarge} beyond 1 GiB, which is too much for a browser
   */
  download(
    file: ExportFile,
    o: CallOptions & { readonly needsToken: boolean; onBytes?: (bytes: number) => void },
  ): Promise<Blob>;
}

const MB = 1024 * 1024;
const STATUS_LIMIT = 16 * MB;
const FILE_LIMIT = 1024 * MB;
/** Milliseconds for one file, body included. */
const FILE_TIMEOUT = 60 * 60 * 1000;

/**
 * Makes the client for bulk exports.
 *
 * @see https://hl7.org/fhir/uv/bulkdata/export.html
 */
export function createBulkExport(o: TransportOptions): BulkExport {
  const { baseUrl } = o;
  // No retries: a kick-off must not be repeated, and polling has its own pauses.
  const transport = createTransport({ ...o, retry: { max: 0 } });
  const slow = createTransport({ ...o, timeout: FILE_TIMEOUT });

  return {
    baseUrl,

    async start(request, c) {
      const url = kickOffUrl(baseUrl, request);
      const headers = { prefer: 'respond-async' };
      const ask = { method: 'GET', url, headers, limit: STATUS_LIMIT, signal: c?.signal } as const;
      const response = await transport.open(ask);
      await response.body?.cancel();
      if (response.status !== 202) {
        throw new BadResponse('the FHIR server did not answer with a job', response.status);
      }
      const location = response.headers.get('content-location');
      if (location === null) return { address: 'unreadable' };
      const statusUrl = statusFromHeader(location, baseUrl);
      return statusUrl ? { address: 'known', statusUrl } : { address: 'refused' };
    },

    async status(url, c) {
      const ask = {
        method: 'GET',
        url,
        headers: { accept: 'application/json' },
        limit: STATUS_LIMIT,
        signal: c?.signal,
      } as const;
      const response = await transport.open(ask);
      if (response.status === 202) {
        await response.body?.cancel();
        return {
          state: 'running',
          job: url as JobUrl,
          progress: text(response.headers.get('x-progress'))?.slice(0, 100),
          retryAfter: retryAfter(response.headers),
        };
      }
      const body = await transport.readText(response, ask);
      const manifest = readManifest(parseBody(body, response.status), baseUrl);
      if (!manifest) throw new BadResponse('the FHIR server sent no manifest', response.status);
      return { state: 'done', manifest };
    },

    async cancel(job, c) {
      try {
        const response = await transport.open({
          method: 'DELETE',
          url: job,
          headers: {},
          limit: STATUS_LIMIT,
          signal: c?.signal,
        });
        await response.body?.cancel();
      } catch (error) {
        if (!(error instanceof NotFound || error instanceof Gone)) throw error;
      }
    },

    async download({ url }, c) {
      if (!url) throw new Gone(silent(410));
      const response = await slow.open({
        method: 'GET',
        url,
        headers: { accept: 'application/fhir+ndjson' },
        limit: FILE_LIMIT,
        signal: c.signal,
        anonymous: !c.needsToken,
      });
      return readBlob(response, { limit: FILE_LIMIT, log: o.log, onBytes: c.onBytes });
    },
  };
}
