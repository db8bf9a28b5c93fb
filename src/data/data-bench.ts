import { NO_CONTEXT, type Session } from '#session/session.ts';

/** A session at an open server, for tests. */
export const sessionAt = (fhirBaseUrl: string, key: string): Session => ({
  kind: 'open',
  server: {
    id: 'open',
    label: 'Open',
    fhirBaseUrl,
    auth: { type: 'open' },
    requests: {
      auditHeaders: {},
      strictSearch: false,
      conditionalCreate: false,
      timeoutSeconds: 60,
      searchMethod: 'get',
    },
  },
  user: undefined,
  context: NO_CONTEXT,
  scopes: undefined,
  key,
  authorization: async () => undefined,
  renew: async () => false,
  signOut: async () => undefined,
  inspect: async () => ({
    format: 'none',
    header: undefined,
    claims: undefined,
    expiresAt: undefined,
    hasRefreshToken: false,
    scopesAsked: undefined,
  }),
});
