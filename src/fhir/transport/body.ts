import { BadResponse, TooLarge } from '../errors.ts';

/**
 * Reads a body as text, up to a limit, so that no server can fill the memory of the tab.
 *
 * @param limit in bytes
 * @throws {TooLarge} beyond the limit; the rest is not fetched
 */
export async function readText(
  response: Response,
  limit: number,
): Promise<{ readonly text: string; readonly size: number }> {
  if (!response.body) return { text: '', size: 0 };
  const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel();
      throw new TooLarge(limit);
    }
    text += decoder.decode(value, { stream: true });
  }
  return { text: text + decoder.decode(), size };
}

/**
 * Parses a JSON body; undefined if it is empty.
 *
 * @throws {BadResponse} if it is not JSON, without quoting the body, which may name a patient
 */
export function parseBody(
  text: string,
  status: number,
  parse: (text: string) => unknown = JSON.parse,
): unknown {
  if (text.trim() === '') return undefined;
  try {
    return parse(text);
  } catch (cause) {
    const what = text.trimStart().startsWith('<') ? 'markup' : 'something that is not JSON';
    // Not kept as `cause`, because its message quotes the body.
    void cause;
    throw new BadResponse(`the FHIR server answered ${status} with ${what}`, status);
  }
}
