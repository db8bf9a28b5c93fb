import { expect, test } from 'vitest';
import { readMessage } from './open-patients.ts';

test('readMessage rejects malformed messages of other tabs', () => {
  const here = { type: 'here', tab: 't', patient: 'h', ask: false };
  expect(readMessage(here)).toEqual(here);
  expect(readMessage({ type: 'gone', tab: 't' })).toEqual({ type: 'gone', tab: 't' });
  for (const bad of [
    undefined,
    'x',
    {},
    { type: 'here', tab: 't' },
    { ...here, tab: 'x'.repeat(65) },
  ])
    expect(readMessage(bad)).toBeUndefined();
});
