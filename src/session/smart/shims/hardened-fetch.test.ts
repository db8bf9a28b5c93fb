import { beforeEach, expect, test, vi } from 'vitest';
import { hardenedFetch } from './fetch.ts';

const body = vi.fn(() => '{}');
const fetch = vi.fn<(...asked: unknown[]) => Promise<Response>>(async () => new Response(body()));
beforeEach(() => {
  fetch.mockClear();
  vi.stubGlobal('window', { fetch });
});

test('requirement 49: a token request sends no cookies or referrer, follows no redirect and is not cached', async () => {
  await hardenedFetch('https://a.example/token');
  expect(fetch.mock.lastCall?.[1]).toMatchObject({
    credentials: 'omit',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    cache: 'no-store',
  });
});

test('requirement 33: a token response of more than one megabyte is refused', async () => {
  body.mockReturnValueOnce(' '.repeat(1_000_001));
  await expect(hardenedFetch('https://a.example/token')).rejects.toThrow(TypeError);
});
