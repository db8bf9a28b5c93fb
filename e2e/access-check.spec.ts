import type { Page } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import { finished, item, openCheck, word } from './pages/access-page.ts';
import { LABELS, type ServerId } from './support/app.ts';
import type { Stage } from './support/stage.ts';

type Verdict = 'Problem' | 'Look at this' | 'For information' | 'In order';

interface Finds {
  readonly check: string;
  readonly verdict: Verdict;
  readonly came?: RegExp;
  readonly means?: RegExp;
  readonly mend?: RegExp;
  /** Anywhere in the finding, its details included. */
  readonly shows?: RegExp;
}

/** One way to break the sandbox, and what the access check has to say about it. */
interface Break {
  readonly name: string;
  /** The server that the check looks at; the first of the configuration without it. */
  readonly server?: ServerId;
  /** Signs in to it first. `who` as in `App.signIn`. */
  readonly signIn?: true | string | ((stage: Stage) => Promise<string>);
  /** Breaks something, before the page is opened. */
  readonly arrange?: (stage: Stage, page: Page) => unknown;
  /** Breaks something once signed in. */
  readonly later?: (stage: Stage) => unknown;
  /** Console errors that the break provokes. */
  readonly errors?: RegExp;
  /** Origins that are asked on purpose. */
  readonly origins?: readonly string[];
  readonly finds: Finds;
  /** Other checks that tell more of it. */
  readonly also?: readonly Finds[];
  /** Checks that must not be blamed for it. */
  readonly fine?: readonly string[];
}

type Config = ReturnType<Stage['sandbox']['appConfig']>;
type Server = Config['servers'][number];

const NO_ANSWER = /net::ERR|CORS|Access-Control|Failed to load resource/;

/** The configuration with one server only, changed. */
function configure(stage: Stage, id: ServerId, change: (server: Server) => object = (s) => s) {
  const config = stage.sandbox.appConfig();
  const server = config.servers.find((s) => s.id === id);
  if (!server) throw new Error(`no server ${id}`);
  stage.host.setConfig({ ...config, servers: [{ ...server, ...change(server) }] });
}

/** A token whose claims were changed, so that its signature is wrong. */
function withClaims(token: string, changes: Record<string, unknown>): string {
  const [header, claims, signature] = token.split('.');
  const body = { ...JSON.parse(Buffer.from(claims ?? '', 'base64url').toString()), ...changes };
  return [header, Buffer.from(JSON.stringify(body)).toString('base64url'), signature].join('.');
}

const outcome = (code: string) => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code }],
});

const BREAKS: readonly Break[] = [
  // The configuration
  {
    name: 'config.json is missing',
    arrange: ({ host }) => host.setConfig(undefined),
    finds: {
      check: 'Configuration',
      verdict: 'Problem',
      mend: /config\.json on the web server/,
      shows: /could not be fetched: the web server answered 404/,
    },
  },
  {
    name: 'config.json is not JSON',
    arrange: ({ host }) => host.setConfig('{ "servers": ['),
    finds: { check: 'Configuration', verdict: 'Problem', shows: /is not valid JSON/ },
  },
  {
    name: 'config.json has a misspelt field and http:// to another machine',
    arrange: ({ host, sandbox }) =>
      host.setConfig({
        ...sandbox.appConfig(),
        idleTimeoutMinuets: 5,
        servers: [
          { id: 'x', label: 'X', fhirBaseUrl: 'http://fhir.example', auth: { type: 'open' } },
        ],
      }),
    finds: {
      check: 'Configuration',
      verdict: 'Problem',
      came: /2 problems/,
      shows: /servers\[0\]\.fhirBaseUrl[\s\S]*idleTimeoutMinuets[\s\S]*is not a known field/,
    },
  },
  {
    name: 'config.json still holds a placeholder',
    arrange: (stage) => configure(stage, 'open', () => ({ label: '<name of the server>' })),
    finds: {
      check: 'Configuration',
      verdict: 'Problem',
      came: /<name of the server>/,
      shows: /The app starts[\s\S]*servers\[\d\]\.label/,
    },
  },
  // The browser
  {
    name: 'storage is blocked',
    server: 'open',
    arrange: (_stage, page) =>
      page.addInitScript(() => {
        Object.defineProperty(globalThis, 'sessionStorage', {
          get() {
            throw new DOMException('denied', 'SecurityError');
          },
        });
      }),
    finds: {
      check: 'Storage and cookies',
      verdict: 'Problem',
      mend: /window of its own|allow storage/,
    },
  },
  {
    name: 'cookies only are blocked',
    server: 'open',
    arrange: (_stage, page) =>
      page.addInitScript(() => {
        Object.defineProperty(Navigator.prototype, 'cookieEnabled', { get: () => false });
      }),
    finds: {
      check: 'Storage and cookies',
      verdict: 'Look at this',
      came: /^Session storage works\. Cookies: blocked\.$/,
      means: /identity provider needs cookies of its own/,
      mend: /Allow cookies for http:\/\/localhost:\d+/,
    },
  },
  {
    name: 'the computer’s clock is ten minutes late',
    server: 'open',
    arrange: (_stage, page) =>
      page.addInitScript(() => {
        const { now } = Date;
        Date.now = () => now() - 600_000;
      }),
    finds: {
      check: 'Clock',
      verdict: 'Problem',
      came: /(599|60\d) seconds apart/,
      mend: /Set this computer’s clock/,
    },
  },
  // The FHIR server
  {
    name: 'the FHIR server cannot be reached',
    server: 'open',
    errors: NO_ANSWER,
    arrange: ({ sandbox }) => sandbox.fhir.faults.add({ path: /fhir\//, connection: 'drop' }),
    finds: {
      check: 'FHIR server',
      verdict: 'Problem',
      means: /address is wrong, or the server or the network is down/,
      mend: /compare fhirBaseUrl/,
    },
  },
  {
    name: 'CORS does not allow this origin',
    server: 'open',
    errors: NO_ANSWER,
    arrange: ({ sandbox }) => {
      sandbox.fhir.cors.origins = ['https://another.example'];
    },
    finds: {
      check: 'What the server allows this site (CORS)',
      verdict: 'Problem',
      means: /The server answers, but does not allow the origin http:\/\/localhost:\d+/,
      mend: /Add http:\/\/localhost:\d+ to the allowed origins/,
    },
    also: [
      {
        check: 'FHIR server',
        verdict: 'Problem',
        means: /The server answers, but does not let this site read it: CORS/,
        mend: /Add the origin http:\/\/localhost:\d+ to the server’s CORS settings/,
      },
    ],
  },
  ...['If-Match', 'Authorization', 'Prefer'].map((header): Break => ({
    name: `CORS does not allow the header ${header}`,
    server: 'token',
    errors: NO_ANSWER,
    arrange: ({ sandbox: { fhir } }) => {
      fhir.cors.headers = fhir.cors.headers.filter((name) => name !== header);
    },
    finds: {
      check: 'What the server allows this site (CORS)',
      verdict: 'Problem',
      came: new RegExp(`^Not allowed: header ${header}$`),
      mend: /allow these headers and methods/,
    },
    fine: ['FHIR server'],
  })),
  {
    name: 'CORS does not allow PUT and DELETE',
    server: 'open',
    errors: NO_ANSWER,
    arrange: ({ sandbox }) => {
      sandbox.fhir.cors.methods = ['GET', 'POST', 'OPTIONS'];
    },
    finds: {
      check: 'What the server allows this site (CORS)',
      verdict: 'Problem',
      came: /^Not allowed: method PUT and method DELETE$/,
    },
    fine: ['FHIR server'],
  },
  {
    name: 'CORS does not allow the audit header of the configuration',
    errors: NO_ANSWER,
    arrange: (stage) =>
      configure(stage, 'open', () => ({ requests: { auditHeaders: { site: 'Ward 7' } } })),
    finds: {
      check: 'What the server allows this site (CORS)',
      verdict: 'Problem',
      came: /^Not allowed: header X-MS-AZUREFHIR-AUDIT-site$/,
      mend: /Switch off in config\.json what the server cannot allow/,
    },
  },
  ...(['eleven audit headers', 'an audit header of 2,049 characters'] as const).map(
    (name, index): Break => ({
      name,
      arrange: (stage) =>
        configure(stage, 'open', () => ({
          requests: {
            auditHeaders:
              index === 0
                ? Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`h${n}`, 'x']))
                : { site: 'x'.repeat(2049) },
          },
        })),
      finds: {
        check: 'Configuration',
        verdict: 'Problem',
        shows: index === 0 ? /holds more than 10 headers/ : /is longer than 2,048 characters/,
      },
    }),
  ),
  {
    name: 'an audit header holds what looks like a patient',
    errors: NO_ANSWER,
    arrange: (stage) =>
      configure(stage, 'open', () => ({
        requests: { auditHeaders: { who: 'Doe, Jane 1970-01-02' } },
      })),
    finds: {
      check: 'Audit headers',
      verdict: 'Problem',
      came: /^who may hold patient data/,
      mend: /Remove names, birth dates/,
    },
  },
  {
    name: '/metadata answers 500',
    server: 'open',
    arrange: ({ sandbox }) =>
      sandbox.fhir.faults.add({ path: /metadata/, status: 500, body: outcome('exception') }),
    finds: { check: 'FHIR server', verdict: 'Problem', came: /HTTP 500/, mend: /Ask its operator/ },
  },
  {
    name: '/metadata answers with an HTML page',
    server: 'open',
    arrange: ({ sandbox }) =>
      sandbox.fhir.faults.add({
        path: /metadata/,
        status: 200,
        contentType: 'text/html',
        body: '<html><script>globalThis.__xss=1</script></html>',
      }),
    finds: {
      check: 'FHIR server',
      verdict: 'Problem',
      came: /no CapabilityStatement/,
      mend: /Compare fhirBaseUrl/,
    },
  },
  {
    name: 'fhirBaseUrl has the wrong path: 404',
    arrange: (stage) =>
      configure(stage, 'open', ({ fhirBaseUrl }) => ({ fhirBaseUrl: `${fhirBaseUrl}x` })),
    finds: {
      check: 'FHIR server',
      verdict: 'Problem',
      came: /HTTP 404/,
      mend: /including its path/,
    },
  },
  {
    name: '/metadata asks for a token',
    server: 'open',
    arrange: ({ sandbox }) =>
      sandbox.fhir.faults.add({ path: /metadata/, status: 401, body: outcome('login') }),
    finds: { check: 'FHIR server', verdict: 'Look at this', means: /asks for a token even here/ },
  },
  {
    name: 'the server speaks R5',
    server: 'open',
    arrange: ({ sandbox }) =>
      sandbox.fhir.faults.add({
        path: /metadata/,
        rewrite: (body) => ({ ...(body as object), fhirVersion: '5.0.0' }),
      }),
    finds: { check: 'FHIR server', verdict: 'Look at this', means: /speaks FHIR 5\.0\.0/ },
  },
  {
    name: 'the server says that it is not well',
    server: 'open',
    arrange: ({ sandbox }) =>
      sandbox.fhir.faults.add({
        path: /health\/check/,
        status: 503,
        body: { overallStatus: 'Unhealthy' },
      }),
    finds: { check: 'Health', verdict: 'Problem', came: /HTTP 503: Unhealthy/ },
  },
  // SMART
  {
    name: 'SMART: S256 is not declared',
    server: 'ehr',
    arrange: ({ sandbox }) => {
      sandbox.ehr.control.advertiseS256 = false;
    },
    finds: {
      check: 'Identity provider',
      verdict: 'Problem',
      means: /refuses to sign in without PKCE/,
      mend: /declare S256, or set pkce/,
    },
  },
  {
    name: 'SMART: endpoints on a foreign origin',
    server: 'ehr',
    arrange: ({ sandbox }) => {
      sandbox.ehr.control.metadata = (metadata) => ({
        ...metadata,
        token_endpoint: 'https://elsewhere.example/token',
      });
    },
    finds: {
      check: 'Identity provider',
      verdict: 'Problem',
      means: /names an endpoint at https:\/\/elsewhere\.example/,
      mend: /endpointOrigins in config\.json/,
    },
  },
  {
    name: 'SMART: the issuer and its own metadata differ by a slash',
    server: 'ehr',
    arrange: ({ sandbox }) => {
      sandbox.ehr.control.metadata = (metadata) => ({
        ...metadata,
        issuer: `${sandbox.ehr.origin}/`,
      });
    },
    finds: {
      check: 'Identity provider',
      verdict: 'Problem',
      came: /names the issuer http:\/\/localhost:\d+\/; the identity provider calls itself http:\/\/localhost:\d+\.$/,
      means: /refuses the answer to a sign-in/,
      mend: /a slash at the end included/,
    },
  },
  {
    name: 'SMART: the issuer lies where the site does not expect it',
    server: 'ehr',
    arrange: ({ sandbox }) => {
      sandbox.ehr.control.metadata = (metadata) => ({
        ...metadata,
        issuer: 'https://login.elsewhere.example',
      });
    },
    finds: {
      check: 'Identity provider',
      verdict: 'Look at this',
      came: /names https:\/\/login\.elsewhere\.example as its issuer/,
      mend: /endpointOrigins in config\.json/,
    },
  },
  {
    name: 'SMART: no smart-configuration',
    server: 'ehr',
    arrange: ({ sandbox }) =>
      sandbox.fhir.faults.add({ path: /smart-configuration/, status: 404, body: '' }),
    finds: {
      check: 'SMART configuration',
      verdict: 'Problem',
      came: /HTTP 404/,
      mend: /switch SMART on/,
    },
  },
  {
    name: 'SMART: smart-configuration is an HTML page',
    server: 'ehr',
    arrange: ({ sandbox }) =>
      sandbox.fhir.faults.add({
        path: /smart-configuration/,
        status: 200,
        contentType: 'text/html',
        body: '<html></html>',
      }),
    finds: {
      check: 'Identity provider',
      verdict: 'Problem',
      came: /not the metadata/,
      mend: /switch SMART on/,
    },
  },
  // Entra ID
  {
    name: 'Entra: the metadata answers 404',
    server: 'entra',
    arrange: ({ sandbox }) => {
      sandbox.entra.control.metadata = () => 404;
    },
    finds: {
      check: 'Identity provider',
      verdict: 'Problem',
      came: /HTTP 404/,
      means: /authority or its tenant does not exist/,
      mend: /authority or tenantId in config\.json/,
    },
  },
  {
    name: 'Entra: the authority cannot be reached',
    errors: NO_ANSWER,
    origins: ['https://localhost:9'],
    arrange: (stage) =>
      configure(stage, 'entra', ({ auth }) => ({
        auth: { ...auth, authority: 'https://localhost:9/tenant' },
      })),
    finds: {
      check: 'Identity provider',
      verdict: 'Problem',
      means: /Nobody can sign in\. The address is wrong, or the server or the network is down/,
      mend: /authority or tenantId/,
    },
  },
  {
    name: 'Entra: the issuer lies on another host',
    server: 'entra',
    arrange: ({ sandbox }) => {
      sandbox.entra.control.metadata = (metadata) => ({
        ...metadata,
        issuer: 'https://login.elsewhere.example/tenant/v2.0',
      });
    },
    finds: {
      check: 'Identity provider',
      verdict: 'Problem',
      came: /issuer is https:\/\/login\.elsewhere\.example/,
      mend: /knownAuthorities/,
    },
  },
  {
    name: 'Entra: the configuration names another tenant',
    arrange: (stage) =>
      configure(stage, 'entra', ({ auth }) => ({
        auth: {
          ...auth,
          authority: stage.sandbox.entra.authority.replace(
            stage.sandbox.entra.tenant,
            '11111111-2222-4333-8444-555555555555',
          ),
        },
      })),
    finds: {
      check: 'Identity provider',
      verdict: 'Problem',
      means: /another tenant than the one in config\.json/,
      mend: /Correct authority or tenantId/,
    },
  },
  // The token
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
    arrange: ({ sandbox }) => {
      sandbox.entra.control.tokenLifetime = 3;
    },
    later: () => new Promise((resolve) => setTimeout(resolve, 3_000)),
    finds: {
      check: 'Access token',
      verdict: 'Problem',
      came: /^It expired at/,
      mend: /Sign in again/,
    },
  },
  {
    name: 'the token is opaque: no fault',
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
    name: 'scopes to read only, fewer than asked',
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
    name: 'refusals without CORS headers, as Oracle sends them: no fault of CORS',
    server: 'ehr',
    signIn: true,
    errors: NO_ANSWER,
    later: ({ sandbox }) => sandbox.fhir.setMode('oracle'),
    finds: { check: 'What the server allows this site (CORS)', verdict: 'In order' },
    fine: ['What may I do here?'],
  },
  // What one may do
  {
    name: 'the role of a reader',
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
    name: 'no role at all',
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
    name: 'a 403 whose code is not-supported: no lack of a role',
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
    name: 'too many requests',
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
    name: 'the server fails at the search',
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
    name: '401 without CORS headers, as Oracle sends it',
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

/** Holds the finding against what it should be. */
async function found(page: Page, { name, finds, fine = [] }: Break): Promise<void> {
  const { check, verdict, came, means, mend, shows } = finds;
  const finding = item(page, check);
  await expect(finding, name).toContainText(verdict);
  if (came) await expect(word(finding, 'Came back'), name).toHaveText(came);
  if (means) await expect(word(finding, 'Means'), name).toHaveText(means);
  if (mend) await expect(word(finding, 'What to do'), name).toHaveText(mend);
  if (verdict === 'Problem') await expect(word(finding, 'What to do'), name).toHaveText(/\w/);
  if (shows) expect(await finding.innerText(), name).toMatch(shows);
  for (const other of fine) await expect(item(page, other), name).toContainText('In order');
}

test.describe('the access check names the cause', () => {
  // Signed out there is nothing to share but the browser's cache: one page a group, asked anew for
  // each way to break the sandbox.
  const signedOut = BREAKS.filter((b) => !b.signIn);
  for (const check of new Set(signedOut.map((b) => b.finds.check))) {
    const breaks = signedOut.filter((b) => b.finds.check === check);
    test(`${check}: ${breaks.map(({ name }) => name).join('; ')}`, async ({
      context,
      guard,
      stage,
    }) => {
      test.setTimeout(120_000);
      for (const b of breaks) {
        await test.step(b.name, async () => {
          const page = await context.newPage();
          stage.reset();
          if (b.errors) guard.allowError(b.errors);
          for (const origin of b.origins ?? []) guard.allowOrigin(origin);
          if (b.server) configure(stage, b.server);
          await b.arrange?.(stage, page);
          await page.goto('/access');
          await finished(page);
          for (const finds of [b.finds, ...(b.also ?? [])]) await found(page, { ...b, finds });
          await page.close();
        });
      }
    });
  }

  const signedIn = BREAKS.filter((b) => b.signIn);
  for (const server of new Set(signedIn.map((b) => b.server ?? 'open'))) {
    const breaks = signedIn.filter((b) => (b.server ?? 'open') === server);
    test(`signed in to ${server}: ${breaks.map(({ name }) => name).join('; ')}`, async ({
      afresh,
      app,
      guard,
      page,
      stage,
    }) => {
      test.setTimeout(120_000);
      for (const b of breaks) {
        await afresh(b.name, async () => {
          if (b.errors) guard.allowError(b.errors);
          await b.arrange?.(stage, page);
          await page.goto('/patients');
          const { signIn } = b;
          const who = typeof signIn === 'function' ? await signIn(stage) : signIn;
          await app.trySignIn(server, who === true ? undefined : who);
          await expect(app.shell.signOut.or(page.getByRole('alertdialog')).first()).toBeVisible();
          await b.later?.(stage);
          await openCheck(app);
          for (const finds of [b.finds, ...(b.also ?? [])]) await found(page, { ...b, finds });
        });
      }
    });
  }

  test('the web server’s policy does not name the FHIR server', async ({
    sandbox,
    stage,
    stranger,
  }) => {
    // The stranger's page is not guarded: here a violation of the policy is the point.
    const config = sandbox.appConfig();
    const other = { id: 'x', label: 'X', fhirBaseUrl: 'https://fhir.elsewhere.example/r4' };
    await stranger.route('**/config.json', (route) =>
      route.fulfill({ json: { ...config, servers: [{ ...other, auth: { type: 'open' } }] } }),
    );
    await stranger.goto(`${stage.appOrigin}/access`);
    await finished(stranger);
    const finding = item(stranger, 'FHIR server');
    await expect(word(finding, 'Means')).toHaveText(
      /Content-Security-Policy of this site’s web server does not hold https:\/\/fhir\.elsewhere\.example/,
    );
    await expect(word(finding, 'What to do')).toHaveText(/connect-src/);
    await expect(item(stranger, 'Content security policy')).toContainText('Problem');
  });

  test('the page is not on https: said, with no other check harmed', async ({
    stage,
    stranger,
  }) => {
    // The browser takes a name that is not of this machine for insecure, whatever answers it.
    await stranger.route('http://hospital.test/**', async (route) => {
      const url = route.request().url().replace('http://hospital.test', stage.appOrigin);
      await route.fulfill({ response: await route.fetch({ url }) });
    });
    await stranger.goto('http://hospital.test/access');
    await finished(stranger);
    expect(await stranger.evaluate(() => isSecureContext)).toBe(false);
    const finding = item(stranger, 'Secure connection');
    await expect(finding).toContainText('Problem');
    await expect(word(finding, 'Came back')).toHaveText('Not a secure context.');
    await expect(word(finding, 'Means')).toHaveText(/nobody can sign in/);
    await expect(word(finding, 'What to do')).toHaveText('Serve the app over https.');
    await expect(item(stranger, 'Configuration')).toContainText('In order');
    await expect(stranger.getByText('The check itself failed')).toHaveCount(0);
  });

  test('shown in a frame: no fault, also with Entra ID, whose window is announced', async ({
    guard,
    page,
    sandbox,
    stage,
  }) => {
    const config = sandbox.appConfig();
    const { attacker: other, host, appOrigin } = stage;
    guard.allowOrigin(other.origin);
    host.setConfig({ ...config, embedding: { frameAncestors: [other.origin] } });
    other.serve(
      '/ehr',
      'text/html',
      `<iframe title="app" src="${appOrigin}/access" width="900" height="900"></iframe>`,
    );
    await page.goto(`${other.origin}/ehr`);
    const frame = page.frameLocator('iframe');
    await expect(frame.getByRole('status').filter({ hasText: /^Done/ })).toBeVisible();
    const finding = frame
      .getByRole('listitem')
      .filter({ has: frame.getByRole('heading', { level: 3, name: 'Frame', exact: true }) });
    await expect(finding).toContainText('For information');
    await expect(finding).toContainText('its sign-in opens in a small window');
    await expect(finding).toContainText(`allow pop-ups for ${appOrigin}`);
  });

  test('after a launch or a sign-in that failed, the server that it was about is looked at', async ({
    app,
    page,
    sandbox,
    stage,
  }) => {
    sandbox.ehr.control.metadata = (metadata) => ({
      ...metadata,
      token_endpoint: 'https://elsewhere.example/token',
    });
    await page.goto(stage.launchUrl({ patient: 'p0001' }));
    await page.getByRole('alert').getByRole('link', { name: 'Access check' }).click();
    await finished(page);
    const chosen = page.getByLabel('Server to check').locator('option:checked');
    await expect(chosen).toHaveText('Example EHR (SMART) (opened from the EHR)');
    await expect(word(item(page, 'Identity provider'), 'Means')).toHaveText(/elsewhere\.example/);
    // What failed is still said, and not that nobody is signed in.
    const session = page.getByRole('region', { name: 'Who is signed in' });
    await expect(session.getByRole('alert')).toContainText('does not trust');
    await expect(session).not.toContainText('Nobody is signed in');

    await page.goto('/patients');
    await app.shell.signInTo(LABELS.ehr).click();
    await page.getByRole('alert').getByRole('link', { name: 'Access check' }).click();
    await expect(chosen).toHaveText(LABELS.ehr);
  });

  test('nothing broken: nothing found, and the addresses to register are there to copy', async ({
    app,
    page,
    stage,
  }) => {
    await page.goto('/patients');
    await app.signIn('entra');
    await openCheck(app);
    await expect(page.getByRole('status').filter({ hasText: /^Done/ })).toHaveText(
      'Done: no problem found, nothing to look at.',
    );
    const redirects = item(page, 'Addresses to register');
    for (const path of ['/redirect.html', '/callback', '/launch'])
      await expect(redirects).toContainText(`${stage.appOrigin}${path}`);
  });
});
