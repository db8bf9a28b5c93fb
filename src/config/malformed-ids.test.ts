import { expect, it } from 'vitest';
import { parseConfig } from './load.ts';
import { malformedIds } from './malformed-ids.ts';

const ID = '3f0d2a8b-1c4e-4f5a-9b6c-7d8e9f0a1b2c';

const pathsOf = (auth: object): readonly string[] =>
  malformedIds(
    parseConfig({
      servers: [
        {
          id: 'a',
          label: 'A',
          fhirBaseUrl: 'https://a.example',
          auth: { type: 'entra', clientId: ID, ...auth },
        },
      ],
    }),
  ).map(({ path }) => path.replace('servers[0].auth.', ''));

it.each<[string, object, readonly string[]]>([
  ['what Microsoft gives out', { tenantId: ID.toUpperCase() }, []],
  ['a domain', { tenantId: 'contoso.onmicrosoft.com' }, []],
  ['any organization', { tenantId: 'organizations' }, []],
  ['a digit lost in copying', { tenantId: ID, clientId: ID.slice(0, -1) }, ['clientId']],
  ['a URN', { tenantId: ID, clientId: `urn:uuid:${ID}` }, ['clientId']],
  ['a hyphen lost in copying', { tenantId: ID.replace('-', '') }, ['tenantId']],
  ['External ID', { authority: 'https://contoso.ciamlogin.com/', clientId: 'app' }, ['clientId']],
  ["another provider's", { authority: 'https://idp.example/r', clientId: 'app' }, []],
  ['a placeholder, which is said as that', { tenantId: ID, clientId: '<CLIENT_ID>' }, []],
])('malformedIds reports the expected ids: %s', (_what, auth, paths) => {
  expect(pathsOf(auth)).toEqual(paths);
});
