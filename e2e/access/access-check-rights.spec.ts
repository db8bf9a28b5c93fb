import { test } from '../fixtures.ts';
import { type Break, NO_ANSWER, outcome, signedIn, together } from '../support/access-check.ts';

const BREAKS: readonly Break[] = [
  {
    name: 'the server does not declare that patients can be created',
    server: 'open',
    signIn: true,
    arrange: ({ sandbox }) =>
      sandbox.fhir.faults.add({
        path: /metadata/,
        rewrite: (body) =>
          JSON.parse(
            JSON.stringify(body).replaceAll('"code":"create"', '"code":"read"'),
          ) as unknown,
      }),
    finds: {
      check: 'What may I do here?',
      verdict: 'Look at this',
      came: /^Not possible: Create a patient$/,
      shows: /Create a patient\s*no: the server does not declare it/,
    },
  },
  {
    name: 'a 403 with code not-supported is not blamed on a missing role',
    server: 'open',
    signIn: true,
    later: ({ sandbox }) =>
      sandbox.fhir.faults.add({ path: /\/Patient\?/, status: 403, body: outcome('not-supported') }),
    finds: {
      check: 'What may I do here?',
      verdict: 'Problem',
      came: /answered with 403/,
      means: /does not support this search\. No role and no scope is missing/,
    },
  },
  {
    name: 'a 400 that does not ask for search criteria: the server’s message is shown',
    server: 'open',
    signIn: true,
    later: ({ sandbox }) =>
      sandbox.fhir.faults.add({
        path: /\/Patient/,
        status: 400,
        body: {
          resourceType: 'OperationOutcome',
          issue: [{ severity: 'error', code: 'invalid', diagnostics: 'Scopes must not be mixed.' }],
        },
      }),
    finds: {
      check: 'What may I do here?',
      verdict: 'Problem',
      came: /answered with 400/,
      means: /for a reason of its own/,
      shows: /The server’s words\s*Scopes must not be mixed\./,
    },
  },
  {
    name: 'the server answers the search with 429',
    server: 'open',
    signIn: true,
    later: ({ sandbox }) =>
      sandbox.fhir.faults.add({
        path: /\/Patient\?/,
        status: 429,
        headers: { 'Retry-After': '0' },
        body: outcome('throttled'),
      }),
    finds: {
      check: 'What may I do here?',
      verdict: 'Problem',
      came: /answered with 429/,
      mend: /Wait and try again/,
    },
  },
  {
    name: 'the server answers the search with 500',
    server: 'open',
    signIn: true,
    later: ({ sandbox }) =>
      sandbox.fhir.faults.add({ path: /\/Patient\?/, status: 500, body: outcome('exception') }),
    finds: {
      check: 'What may I do here?',
      verdict: 'Problem',
      came: /answered with 500/,
      means: /problem of its own/,
    },
  },
  {
    name: 'CORS does not allow an audit header: the token is not blamed',
    server: 'entra',
    signIn: true,
    errors: NO_ANSWER,
    arrange: ({ sandbox, host }) => {
      const config = sandbox.appConfig();
      const requests = { auditHeaders: { WARD: 'Ward 3' } };
      const servers = config.servers.map((s) => (s.id === 'entra' ? { ...s, requests } : s));
      host.setConfig({ ...config, servers });
    },
    finds: {
      check: 'What may I do here?',
      verdict: 'Problem',
      means: /do not allow a header .*: X-MS-AZUREFHIR-AUDIT-WARD\./,
      mend: /^In the CORS settings of the server/,
    },
    fine: ['Access token', 'FHIR server'],
  },
];

test.describe('the access check names the cause', () => {
  for (const { title, group } of together(BREAKS, ({ server }) => `signed in to ${server}`))
    test(title, async ({ afresh, app, guard }) => {
      test.setTimeout(120_000);
      for (const b of group) await afresh(b.name, () => signedIn(b, app, guard));
    });
});
