import { expect, test } from 'vitest';
import { isShownHere, viewOf } from './open-file.ts';

test('requirement 54: no SVG is shown, whoever calls it a picture', async () => {
  expect(isShownHere('image/png')).toBe(true);
  expect(isShownHere('image/svg+xml')).toBe(false);
  const svg = new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>'], { type: 'image/svg+xml' });
  expect(await viewOf(svg)).toBeUndefined();
});
