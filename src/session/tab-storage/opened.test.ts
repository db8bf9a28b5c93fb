import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseConfig } from '#config/load.ts';
import type { ServerConfig } from '#config/schema.ts';
import { noteEnd, rememberOpened, takeNotice, takeUpOpened } from './opened.ts';
import { forgetEverything, recall, remember } from './storage.ts';

const isText = (value: unknown): value is string => typeof value === 'string';

const config = parseConfig({
  servers: [
    { id: 'a', auth: { type: 'smart', clientId: 'app' } },
    { id: 'b', auth: { type: 'entra', clientId: 'app', tenantId: 'contoso.example' } },
    { id: 'c', auth: { type: 'open' } },
  ].map((server) => ({ ...server, label: 'A', fhirBaseUrl: 'https://ehr.example/fhir' })),
});
const [SMART, ENTRA, OPEN] = config.servers as [ServerConfig, ServerConfig, ServerConfig];
const AT_SMART = { id: 'a', kind: 'smart', base: 'https://ehr.example/fhir' };

const kept = new Map<string, string>();

function browserKeeps(): void {
  kept.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  });
}

beforeEach(browserKeeps);
afterEach(() => {
  forgetEverything();
  vi.unstubAllGlobals();
});

describe('requirement 38: a tab that was closed or asleep during a sign-out in another tab', () => {
  it('has no session left when it returns', () => {
    rememberOpened(SMART);
    remember('token', 'secret');
    expect(takeUpOpened()).toMatchObject(AT_SMART);
    noteEnd();
    expect(takeUpOpened()).toBeUndefined();
    expect(recall('token', isText)).toBeUndefined();
    expect(takeNotice()).toBe('signed-out-elsewhere');
  });

  it('has no session left after several sign-outs', () => {
    rememberOpened(SMART);
    noteEnd();
    noteEnd();
    expect(takeUpOpened()).toBeUndefined();
  });

  it('keeps a session that was opened after the sign-out', () => {
    noteEnd();
    rememberOpened(SMART);
    expect(takeUpOpened()).toMatchObject(AT_SMART);
  });

  it('has no session left if it used another server than the tab that signed out', () => {
    rememberOpened(ENTRA);
    noteEnd();
    expect(takeUpOpened()).toBeUndefined();
  });

  it('stores the sign-out without the name of a server', () => {
    noteEnd();
    expect([...kept.keys()]).toEqual(['/pb.signed-out']);
  });

  it('keeps its session if another site on the origin, at another path, is signed out', async () => {
    rememberOpened(SMART);
    vi.stubEnv('BASE_URL', '/test/');
    vi.resetModules();
    const test = await import('./opened.ts');
    test.noteEnd();
    vi.unstubAllEnvs();
    expect(takeUpOpened()).toMatchObject(AT_SMART);
  });

  it('keeps the session of an open server', () => {
    rememberOpened(OPEN);
    noteEnd();
    expect(takeUpOpened()).toMatchObject({ kind: 'open' });
  });

  it('keeps its session if localStorage is blocked', () => {
    vi.stubGlobal('localStorage', undefined);
    rememberOpened(SMART);
    noteEnd();
    expect(takeUpOpened()).toMatchObject(AT_SMART);
  });
});
