import { vi } from 'vitest';
import { parseConfig } from '#config/load.ts';
import type { CheckEnv } from '../../check.ts';

// For tests: stubs of the page and of the network for a check.

export const BASE = 'https://fhir.example/r4';
const ORIGIN = 'https://app.example';

/**
 * Returns the input of a check for a server with this sign-in. Texts are message ids with their
 * values.
 */
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

/** Stubs the response to every request; throwing simulates a response that the browser hides. */
export function stubNetwork(answer: (url: string, init: RequestInit) => Response): void {
  vi.stubGlobal('location', { origin: ORIGIN });
  vi.stubGlobal('document', { addEventListener: vi.fn(), removeEventListener: vi.fn() });
  vi.stubGlobal('navigator', { onLine: true });
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => answer(url, init));
}

/** Simulates a response without CORS headers, or none. */
export function hidden(): never {
  throw new TypeError('Failed to fetch');
}
