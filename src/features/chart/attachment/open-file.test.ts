import { expect, test } from 'vitest';
import { isShownHere, viewOf } from './open-file.ts';

test('requirement 54: SVG is never shown as an image', async () => {
  expect(isShownHere('image/png')).toBe(true);
  expect(isShownHere('image/svg+xml')).toBe(false);
  const svg = new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>'], { type: 'image/svg+xml' });
  expect(await viewOf(svg)).toBeUndefined();
});

const LIMIT = 8 * 1024 * 1024;

test.each([
  [LIMIT - 1, 'image'],
  [LIMIT, 'image'],
  [LIMIT + 1, undefined],
])('requirement 54: an image of %i bytes is shown as: %s', async (bytes, kind) => {
  const picture = new Blob([new Uint8Array(bytes)], { type: 'image/png' });
  expect((await viewOf(picture))?.kind).toBe(kind);
});
