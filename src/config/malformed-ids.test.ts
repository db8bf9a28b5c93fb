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
  ['none for well-formed GUIDs', { tenantId: ID.toUpperCase() }, []],
  ['none for a tenant given as a domain', { tenantId: 'contoso.onmicrosoft.com' }, []],
  ['none for the tenant "organizations"', { tenantId: 'organizations' }, []],
  ['the client ID if it lacks a digit', { tenantId: ID, clientId: ID.slice(0, -1) }, ['clientId']],
  ['the client ID if it is a URN', { tenantId: ID, clientId: `urn:uuid:${ID}` }, ['clientId']],
  ['the tenant ID if it lacks a hyphen', { tenantId: ID.replace('-', '') }, ['tenantId']],
  [
    'the client ID of Entra External ID if it is not a GUID',
    { authority: 'https://contoso.ciamlogin.com/', clientId: 'app' },
    ['clientId'],
  ],
  [
    'none for a client ID of another provider',
    { authority: 'https://idp.example/r', clientId: 'app' },
    [],
  ],
  ['none for a placeholder', { tenantId: ID, clientId: '<CLIENT_ID>' }, []],
])('malformedIds reports the expected ids: %s', (_what, auth, paths) => {
  expect(pathsOf(auth)).toEqual(paths);
});
