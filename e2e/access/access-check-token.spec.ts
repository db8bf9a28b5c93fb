import { test } from '../fixtures.ts';
import { type Break, NO_ANSWER, signedIn, together } from '../support/access-check.ts';

/** Returns the token with changed claims, so that its signature is wrong. */
function withClaims(token: string, changes: Record<string, unknown>): string {
  const [header, claims, signature] = token.split('.');
  const body = { ...JSON.parse(Buffer.from(claims ?? '', 'base64url').toString()), ...changes };
  return [header, Buffer.from(JSON.stringify(body)).toString('base64url'), signature].join('.');
}

const BREAKS: readonly Break[] = [
  {
    name: 'the token is for another audience',
    server: 'entra',
    signIn: true,
    arrange: ({ sandbox }) => {
      sandbox.entra.control.audience = 'https://another.example';
    },
    finds: {
      check: 'Access token',
      verdict: 'Problem',
      came: /^The audience is https:\/\/another\.example/,
      means: /answers 401 to others/,
      mend: /user_impersonation/,
    },
    also: [
      {
        check: 'What may I do here?',
        verdict: 'Problem',
        mend: /aud must be the audience/,
      },
    ],
  },
  {
    name: 'the token has neither a permission nor a role',
    server: 'entra',
    signIn: true,
    arrange: ({ sandbox }) => {
      sandbox.entra.control.mutate = (response) => ({
        ...response,
        access_token: withClaims(String(response['access_token']), { scp: undefined, roles: [] }),
      });
    },
    finds: {
      check: 'Access token',
      verdict: 'Problem',
      came: /neither a delegated permission \(scp\) nor a role/,
      mend: /API permissions: add user_impersonation/,
    },
  },
  {
    name: 'a pasted token of another tenant',
    server: 'token',
    signIn: async ({ sandbox }) =>
      withClaims(await sandbox.entra.accessToken(), {
        iss: 'https://login.microsoftonline.com/11111111-2222-4333-8444-555555555555/v2.0',
        tid: '11111111-2222-4333-8444-555555555555',
      }),
    finds: {
      check: 'Access token',
      verdict: 'Problem',
      came: /^It was issued by https:\/\/login\.microsoftonline\.com\/11111111/,
      means: /names another tenant, [0-9a-f-]{36}; the server will not trust it/,
      mend: /az login --tenant [0-9a-f-]{36}/,
    },
    also: [
      {
        check: 'What may I do here?',
        verdict: 'Problem',
        means: /expired, or is for another audience or tenant|No valid token/,
      },
    ],
  },
  {
    name: 'the token expires while the page is open',
    server: 'token',
    signIn: true,
    arrange: async ({ sandbox }, page) => {
      sandbox.entra.control.tokenLifetime = 300;
      await page.clock.install();
    },
    later: (_stage, page) => page.clock.fastForward('05:01'),
    finds: {
      check: 'Access token',
      verdict: 'Problem',
      came: /^It expired at/,
      mend: /Sign in again/,
    },
  },
  {
    name: 'an opaque token is not a problem',
    server: 'ehr',
    signIn: true,
    arrange: ({ sandbox }) => {
      sandbox.ehr.control.tokenFormat = 'opaque';
    },
    finds: {
      check: 'Access token',
      verdict: 'For information',
      came: /opaque token/,
      means: /Only the server can read it/,
    },
    fine: ['What may I do here?'],
  },
  {
    name: 'only read scopes were granted, fewer than requested',
    server: 'ehr',
    signIn: true,
    arrange: ({ sandbox }) => {
      sandbox.ehr.control.grantScope = 'openid fhirUser user/Patient.rs';
    },
    finds: {
      check: 'Access token',
      verdict: 'Look at this',
      came: /Asked for and not granted: .*user\/\*\.cruds/,
      mend: /Grant them in the app’s registration/,
    },
    also: [
      {
        check: 'What may I do here?',
        verdict: 'Look at this',
        came: /^Not possible: Create a patient, Change a patient,? and Delete a patient/,
        shows: /Create a patient\s*no: the scopes granted do not cover it/,
      },
    ],
  },
  {
    name: 'refusals without CORS headers (Oracle) are not blamed on CORS',
    server: 'ehr',
    signIn: true,
    errors: NO_ANSWER,
    later: ({ sandbox }) => sandbox.fhir.setMode('oracle'),
    finds: { check: 'What the server allows this site (CORS)', verdict: 'In order' },
    fine: ['What may I do here?'],
  },
  {
    name: 'the user has only the role of a reader',
    server: 'entra',
    signIn: 'Robin Adeyemi',
    finds: {
      check: 'What may I do here?',
      verdict: 'Look at this',
      mend: /FHIR Data Contributor/,
      shows: /Create a patient\s*no: the role does not cover it/,
    },
    fine: ['Access token'],
  },
  {
    name: 'the user has no role',
    server: 'entra',
    signIn: 'Noor Lindqvist',
    finds: {
      check: 'What may I do here?',
      verdict: 'Problem',
      came: /answered with 403/,
      means: /no role on the FHIR service/,
      mend: /Access control \(IAM\), add FHIR Data Reader/,
    },
    fine: ['Access token', 'FHIR server'],
  },
  {
    name: 'a 401 has no CORS headers (Oracle)',
    server: 'token',
    signIn: true,
    errors: NO_ANSWER,
    arrange: ({ sandbox }) => {
      sandbox.fhir.setMode('oracle');
      sandbox.entra.control.audience = 'https://another.example';
    },
    finds: {
      check: 'What may I do here?',
      verdict: 'Problem',
      came: /got no answer/,
      means: /most likely it answered 401 or 403 without CORS headers/,
      mend: /check of the token first/,
    },
    fine: ['FHIR server'],
  },
];

test.describe('the access check names the cause', () => {
  for (const { title, group } of together(BREAKS, ({ server }) => `signed in to ${server}`))
    test(title, async ({ afresh, app, guard }) => {
      test.setTimeout(120_000);
      for (const b of group) await afresh(b.name, () => signedIn(b, app, guard));
    });
});
