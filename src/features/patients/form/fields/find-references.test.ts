import { afterAll, beforeAll, expect, it } from 'vitest';
import { createClient } from '#fhir/client/create-client.ts';
import { RequestLog } from '#fhir/transport/log.ts';
import { startFhirServer, type FhirServer } from '#sandbox/fhir/server.ts';
import { findReferences } from './find-references.ts';

let server: FhirServer;
beforeAll(async () => {
  server = await startFhirServer({
    resources: [
      {
        resourceType: 'Practitioner',
        id: 'mary',
        name: [{ family: 'van der Berg', given: ['Mary Ann'] }],
      },
      { resourceType: 'Practitioner', id: 'bob', name: [{ family: 'Smith', given: ['Bob'] }] },
      { resourceType: 'Organization', id: 'mercy', name: 'Mercy General Hospital' },
    ],
    auth: 'open',
  });
});
afterAll(() => server.close());

it.each([
  ['Mary Ann van der Berg', ['Practitioner/mary']],
  ['van der Berg, Mary', ['Practitioner/mary']],
  ['Mary Smith', []],
  ['Smith, Mary', []], // an unescaped comma in the search would mean "or"
  ['mercy general', ['Organization/mercy']],
  ['--', []],
])('finds people and organizations by the typed name: %s', async (typed, references) => {
  const client = createClient({
    baseUrl: server.openBaseUrl,
    authorization: async () => undefined,
    renew: async () => false,
    log: new RequestLog(),
  });
  const found = await findReferences(client, ['Practitioner', 'Organization'], typed);
  expect(found.map((f) => f.reference)).toEqual(references);
});
