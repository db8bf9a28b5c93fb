import { test } from '../fixtures.ts';
import {
  type Break,
  configure,
  NO_ANSWER,
  outcome,
  signedOut,
  together,
} from '../support/access-check.ts';

const BREAKS: readonly Break[] = [
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
    name: 'the health check answers 503 Unhealthy',
    server: 'open',
    arrange: ({ sandbox }) =>
      sandbox.fhir.faults.add({
        path: /health\/check/,
        status: 503,
        body: { overallStatus: 'Unhealthy' },
      }),
    finds: { check: 'Health', verdict: 'Problem', came: /HTTP 503: Unhealthy/ },
  },
];

test.describe('the access check names the cause', () => {
  for (const { title, group } of together(BREAKS, ({ finds }) => finds.check))
    test(title, async ({ context, guard, stage }) => {
      test.setTimeout(120_000);
      for (const b of group) await test.step(b.name, () => signedOut(b, { context, guard, stage }));
    });
});
