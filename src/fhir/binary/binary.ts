import { fromBase64 } from '#lib/base64.ts';
import { record, text } from '#lib/narrow.ts';
import type { BinaryUrl } from './binary-url.ts';
import { BadResponse, Invalid } from '../errors.ts';
import { essence } from './media-type.ts';
import { readBlob } from '../transport/blob.ts';
import { parseBody } from '../transport/body.ts';
import { createTransport, type TransportOptions } from '../transport/transport.ts';
import type { CallOptions } from '../types.ts';

const MB = 1024 * 1024;
/** Bytes; no document is as large, and large scans or films belong in another application. */
const LIMIT = 64 * MB;
/** Milliseconds for one file, body included. */
const TIMEOUT = 10 * 60 * 1000;

const FHIR_JSON = 'application/fhir+json';

export interface BinaryOptions extends CallOptions {
  /** `Attachment.contentType`, if it is recorded. */
  readonly contentType: string | undefined;
  /** Called with the number of bytes received so far. */
  readonly onBytes?: (bytes: number) => void;
}

/** The response to one request for a file. */
interface Sent {
  readonly blob: Blob;
  readonly status: number;
  readonly header: string | null;
}

const FHIR_XML = 'application/fhir+xml';
/** Matches the beginning of a Binary in XML. */
const BINARY =
  /^\s*(?:<\?[^>]{0,200}>\s*)?<(?:[\w-]{1,64}:)?Binary\s[^>]{0,800}"http:\/\/hl7\.org\/fhir"/;

/**
 * Whether a response is not the file, which the server may still send in JSON. The response may be
 * empty (HAPI with binary storage) or a Binary in XML, because `text/xml` and `application/xml`
 * also request FHIR in XML.
 */
async function isNoFile({ blob, header }: Sent, claimed: string | undefined): Promise<boolean> {
  const type = essence(header);
  if (blob.size === 0 || (type === FHIR_XML && !claimed?.endsWith('xml'))) return true;
  return Boolean(type?.endsWith('xml')) && BINARY.test(await blob.slice(0, 1200).text());
}

/**
 * Fetches a file from the FHIR server with the session's token. The Blob has the file's media type.
 *
 * A server sends the content itself or, whatever the Accept header says, the Binary in JSON.
 * Microsoft's servers refuse all types but FHIR's own with a 406; for others see {@link isNoFile}.
 *
 * @throws {TooLarge} beyond 64 MiB
 * @throws {BadResponse} if the response is not the file
 * @see https://hl7.org/fhir/R4/binary.html#rest
 */
export async function fetchBinary(
  o: TransportOptions,
  url: BinaryUrl,
  c: BinaryOptions,
): Promise<Blob> {
  const transport = createTransport({ ...o, timeout: TIMEOUT });
  const claimed = essence(c.contentType);
  const ask = async (accept: string): Promise<Sent> => {
    const { signal, onBytes } = c;
    const response = await transport.open({
      method: 'GET',
      url,
      headers: { accept },
      limit: LIMIT,
      signal,
    });
    const blob = await readBlob(response, { limit: LIMIT, log: o.log, onBytes });
    return { blob, status: response.status, header: response.headers.get('content-type') };
  };

  const first = await ask(claimed ?? '*/*').catch((error: unknown) => {
    if (error instanceof Invalid && error.status === 406) return undefined;
    throw error;
  });
  const done = first && !(await isNoFile(first, claimed)) ? first : await ask(FHIR_JSON);
  if (done !== first && (await isNoFile(done, claimed))) {
    throw new BadResponse('the FHIR server sent no file', done.status);
  }
  const { blob, status, header } = done;
  const sent = essence(header);

  if (sent === FHIR_JSON || sent === 'application/json') {
    const body = record(parseBody(await blob.text(), status));
    if (body['resourceType'] === 'Binary') return unwrapped(body, claimed, status);
    // Other JSON is the file only if the attachment's type is JSON.
    if (!claimed?.endsWith('json')) throw new BadResponse('the FHIR server sent no file', status);
  }
  // The sign-in page of a proxy must not be saved as the document.
  if (sent === 'text/html' && claimed !== undefined && claimed !== sent) {
    throw new BadResponse('the FHIR server answered with markup', status);
  }
  return new Blob([blob], { type: typeOf(header, c.contentType) });
}

function unwrapped(
  body: Readonly<Record<string, unknown>>,
  claimed: string | undefined,
  status: number,
): Blob {
  const { data } = body;
  const bytes = typeof data === 'string' ? fromBase64(data) : undefined;
  if (!bytes) throw new BadResponse('the FHIR server sent a Binary without data', status);
  return new Blob([bytes], { type: typeOf(text(body['contentType']), claimed) });
}

/** Returns the type that the server sent, or the recorded one if that is missing or generic. */
function typeOf(sent: string | null | undefined, claimed: string | undefined): string {
  const known = essence(sent);
  return (known && known !== 'application/octet-stream' ? sent : claimed) ?? '';
}
