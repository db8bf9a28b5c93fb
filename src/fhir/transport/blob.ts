import { TooLarge } from '../errors.ts';
import { logNumber, type RequestLog } from './log.ts';
import { networkError } from './network.ts';
import { endLimit } from './time-limit.ts';

/**
 * Reads the body of the response to a GET as a file, up to a limit.
 *
 * @param o.limit in bytes
 * @param o.onBytes called with the number of bytes received so far
 * @throws {TooLarge} beyond the limit; the rest is not fetched
 */
export async function readBlob(
  response: Response,
  o: {
    readonly limit: number;
    readonly log: RequestLog;
    readonly onBytes?: ((bytes: number) => void) | undefined;
  },
): Promise<Blob> {
  let bytes = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > o.limit) controller.error(new TooLarge(o.limit));
      else controller.enqueue(chunk);
      o.onBytes?.(bytes);
    },
  });
  try {
    const body = response.body?.pipeThrough(counter);
    const blob = await new Response(body ?? null).blob();
    const n = logNumber(response);
    if (n !== undefined) o.log.sized(n, bytes);
    return blob;
  } catch (error) {
    throw networkError(error, { wrote: false });
  } finally {
    endLimit(response);
  }
}
