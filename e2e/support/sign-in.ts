import { createHash } from 'node:crypto';
import type { Page } from 'playwright/test';
import { expect } from '../fixtures.ts';
import type { App } from './app.ts';

/** Returns the session storage of a page as JSON. */
export const kept = (page: Page): Promise<string> =>
  page.evaluate(() => JSON.stringify(sessionStorage));

export const s256 = (verifier: string): string =>
  createHash('sha256').update(verifier).digest('base64url');

/** Returns the only authorize request and the only token request of a sign-in. */
export function exchange(log: App['stage']['sandbox']['entra']['log']) {
  const authorize = log.filter(({ kind }) => kind === 'authorize');
  const token = log.filter(({ kind, method }) => kind === 'token' && method === 'POST');
  expect(authorize).toHaveLength(1);
  expect(token).toHaveLength(1);
  return { asked: authorize[0]?.params ?? {}, redeemed: token[0]?.params ?? {}, token: token[0] };
}
