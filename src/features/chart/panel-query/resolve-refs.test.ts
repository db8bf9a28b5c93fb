import type { Medication, MedicationRequest } from 'fhir/r4';
import { expect, test } from 'vitest';
import { sessionAt } from '#data/data-fixture.ts';
import { createQueryClient } from '#data/query-client.ts';
import { openBench } from '#fhir/client/client-fixture.ts';
import type { FhirResource, Page } from '#fhir/types.ts';
import { medications } from '../panels/medications.tsx';
import { resolveReferences } from './resolve-refs.ts';

const bench = openBench();

const order = (id: string, rest: Partial<MedicationRequest>): MedicationRequest => ({
  resourceType: 'MedicationRequest',
  id,
  status: 'active',
  intent: 'order',
  subject: { reference: 'Patient/1' },
  ...rest,
});
const by = (reference: string, display?: string) => ({
  medicationReference: { reference, ...(display && { display }) },
});

test('each Medication that names a row and was not included is read once, no other is', async () => {
  const { client, log } = bench().connect();
  const drug: Medication = { resourceType: 'Medication', code: { text: 'Warfarin 5 mg' } };
  const { resource } = await client.create(drug);
  const to = `Medication/${resource?.id}`;
  const items = [
    order('1', by(to)),
    order('2', by(`${client.baseUrl}/${to}`)),
    order('3', by('Medication/included')),
    order('4', by('Medication/named', 'Aspirin')),
    order('5', { medicationCodeableConcept: { text: 'Digoxin' } }),
    order('6', by('https://elsewhere.example/Medication/x')),
    order('7', by('Medication/not-there')),
    order('8', { ...by('Medication/of-another'), subject: { reference: 'Patient/2' } }),
  ];
  const included = [{ resourceType: 'Medication', id: 'included' }];
  const page = { items, included } as unknown as Page<FhirResource>;
  const fhir = { client, log, session: sessionAt(client.baseUrl, 's') };
  const queries = createQueryClient();
  const { signal } = new AbortController();
  const read = () =>
    resolveReferences(page, { panel: medications, patientId: '1', fhir, client: queries, signal });
  bench().server.log.length = 0;
  expect(await read()).toMatchObject([{ id: resource?.id, code: { text: 'Warfarin 5 mg' } }]);
  const asked = () => bench().server.log.map(({ path }) => path.replace(/.*Medication/, ''));
  expect(asked().toSorted()).toEqual([`/${resource?.id}`, '/not-there'].toSorted());
  await read();
  expect(asked().filter((path) => path === `/${resource?.id}`)).toHaveLength(1);
  const ended = AbortSignal.abort();
  expect(
    await resolveReferences(page, {
      panel: medications,
      patientId: '1',
      fhir,
      client: createQueryClient(),
      signal: ended,
    }),
  ).toEqual([]);
});
