import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, vi } from 'vitest';
import { parseConfig } from '#config/load.ts';
import { forgetEverything } from '../tab-storage/storage.ts';
import { finish } from './launch/callback.ts';
import { keepPending } from './launch/pending.ts';
import { siteById } from './site.ts';
import { restoreSession } from './smart-session.ts';

// For tests: a local token endpoint, and stubs of the browser APIs that a launch needs.

export const FIRST = 'a'.repeat(64);
export const SECOND = 'b'.repeat(64);

export const stored = new Map<string, string>();
export const asked: URLSearchParams[] = [];
export const patients = new Map<string | null, string>();
/** Response of the token endpoint; `patients` adds the patient of a code. */
export const answer: { status: number; body: object } = { status: 200, body: {} };

const server = createServer((req, res) => {
  const respond = async (): Promise<void> => {
    const form = new URLSearchParams(await text(req));
    asked.push(form);
    const patient = patients.get(form.get('code'));
    res.writeHead(answer.status, { 'content-type': 'application/json' });
    res.end(JSON.stringify({ ...answer.body, ...(patient ? { patient } : {}) }));
  };
  void respond();
});
const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
afterAll(() => void server.close());

/** Listeners that the page registered, such as `pagehide`. */
export const leaving: (() => void)[] = [];
const page: Record<string, unknown> = {
  isSecureContext: true,
  fetch: globalThis.fetch,
  addEventListener: (_type: string, listener: () => void) => void leaving.push(listener),
};
vi.stubGlobal('window', page);
vi.stubGlobal('self', page);
vi.stubGlobal('parent', page);
vi.stubGlobal('top', page);
vi.stubGlobal('opener', null);
vi.stubGlobal('location', { origin: 'https://app.example' });
vi.stubGlobal('sessionStorage', {
  getItem: (key: string) => stored.get(key) ?? null,
  setItem: (key: string, value: string) => void stored.set(key, value),
  removeItem: (key: string) => void stored.delete(key),
  clear: () => stored.clear(),
});

export const config = (legacyAzureProxy = false, more: object = {}) =>
  parseConfig({
    smartLaunch: {
      issuers: [
        { iss: `${origin()}/fhir`, label: 'EHR', clientId: 'app', legacyAzureProxy, ...more },
      ],
    },
  });

/** Stores a pending launch as `leaveFor` and fhirclient do. */
export function launched(state: string): void {
  keepPending({
    state,
    nonce: undefined,
    server: `launch:${origin()}/fhir`,
    issuer: undefined,
    namesIssuer: false,
    revocation: undefined,
    jwks: undefined,
    scopes: ['launch'],
    at: Date.now(),
  });
  stored.set(
    state,
    JSON.stringify({
      key: state,
      clientId: 'app',
      serverUrl: `${origin()}/fhir`,
      redirectUri: 'https://app.example/callback',
      tokenUri: `${origin()}/token`,
      completeInTarget: true,
    }),
  );
}

export const take = (query: Record<string, string>, site = config()) =>
  finish(new URLSearchParams(query), site);

/** Simulates a frame whose history has these entries, the current one last. */
export function inFrame(...keys: string[]): void {
  page['self'] = page;
  page['top'] = {};
  const entries = keys.map((key) => ({ key }));
  vi.stubGlobal('navigation', { currentEntry: entries.at(-1), entries: () => entries });
}

export function inTab(): void {
  page['self'] = page['top'] = undefined;
}

/** Returns the patient of the session that a reload restores. */
export async function afterReload(): Promise<string | undefined> {
  const { server: known } = siteById(config(), `launch:${origin()}/fhir`) ?? {};
  if (!known) throw new Error('The site is not configured');
  return (await restoreSession(known))?.context.patient;
}

beforeEach(() => {
  inTab();
  leaving.length = 0;
  forgetEverything();
  patients.clear();
  asked.length = 0;
  answer.status = 200;
  answer.body = { access_token: 'at', token_type: 'bearer', expires_in: 60 };
});
