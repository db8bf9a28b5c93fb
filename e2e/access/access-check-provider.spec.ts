import { test } from '../fixtures.ts';
import { type Break, configure, NO_ANSWER, signedOut, together } from '../support/access-check.ts';

const BREAKS: readonly Break[] = [
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
    name: 'SMART: the issuer is on an origin that the site does not list',
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
];

test.describe('the access check names the cause', () => {
  for (const { title, group } of together(BREAKS, ({ finds }) => finds.check))
    test(title, async ({ context, guard, stage }) => {
      test.setTimeout(120_000);
      for (const b of group) await test.step(b.name, () => signedOut(b, { context, guard, stage }));
    });
});
