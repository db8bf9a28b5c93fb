import { vi } from 'vitest';
import { parseConfig } from '#config/load.ts';
import type { CheckEnv } from '../../check.ts';

// For tests: as much of the page as a check looks at, and a network that answers what it is told to.

export const BASE = 'https://fhir.example/r4';
const ORIGIN = 'https://app.example';

/** What a check looks at, for a server with this sign-in. Texts are their ids, with their values. */
export function envOf(auth: object, more: Partial<CheckEnv> = {}): CheckEnv {
  const config = parseConfig({
    servers: [{ id: 'server', label: 'Server', fhirBaseUrl: BASE, auth }],
  });
  return {
    t: (id: string, values: object = {}) => [id, ...Object.values(values)].join(' '),
    locale: 'en',
    config,
    problems: [],
    server: config.servers[0],
    session: undefined,
    fhir: undefined,
    signal: new AbortController().signal,
    ...more,
  };
}

export const SMART = { type: 'smart', clientId: 'app' };
export const ENTRA = { type: 'entra', clientId: 'app', tenantId: 'contoso.example' };

/** Answers every request; what throws is an answer that the browser hides. */
export function stubNetwork(answer: (url: string, init: RequestInit) => Response): void {
  vi.stubGlobal('location', { origin: ORIGIN });
  vi.stubGlobal('document', { addEventListener: vi.fn(), removeEventListener: vi.fn() });
  vi.stubGlobal('navigator', { onLine: true });
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => answer(url, init));
}

/** An answer without CORS headers, or none. */
export function hidden(): never {
  throw new TypeError('Failed to fetch');
}
