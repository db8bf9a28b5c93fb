import { expect, it } from 'vitest';
import { jsonObject } from './probe.ts';

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

it.each([
  ['{"issuer":"Zoë"}', { issuer: 'Zoë' }],
  ['[]', undefined],
  ['null', undefined],
  ['<html>', undefined],
  ['', undefined],
])('jsonObject returns the JSON object of %s', async (text, object) => {
  expect(await jsonObject(new Response(text))).toEqual(object);
});

it('jsonObject stops reading a response at the size limit', async () => {
  const piece = bytes(' '.repeat(1_000_000));
  let sent = 0;
  let cancelled = false;
  const endless = new ReadableStream({
    pull: (stream) => {
      // Enough data to fail the test if reading does not stop.
      if (sent === 50) return stream.close();
      sent += 1;
      return stream.enqueue(piece);
    },
    cancel: () => {
      cancelled = true;
    },
  });
  expect(await jsonObject(new Response(endless))).toBeUndefined();
  expect(cancelled).toBe(true);
  expect(sent).toBeLessThan(10);
});
