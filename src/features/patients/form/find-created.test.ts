import type { Patient } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { openBench } from '#fhir/client-bench.ts';
import { lookForCreated } from './find-created.ts';

const bench = openBench();
const created = async (patient: Omit<Patient, 'resourceType'>) => {
  const { client } = bench().connect();
  const mine: Patient = { resourceType: 'Patient', ...patient };
  const { resource } = await client.create(mine);
  return { client, mine, id: resource.id };
};

describe('the patient whose creation was not answered', () => {
  it.each<[string, Omit<Patient, 'resourceType'>]>([
    ['by a family name alone', { name: [{ family: 'Zorblatt' }] }],
    ['by a given name alone', { name: [{ given: ['Suharti', 'Ayu'] }] }],
    ['by a name without a letter', { name: [{ family: '🦄' }] }],
    ['by both names', { name: [{ family: 'van der Berg, jr', given: ['Jan'] }] }],
  ])('is found %s', async (_, patient) => {
    const { client, mine, id } = await created(patient);
    const found = await lookForCreated(client, mine, Date.now());
    expect(found.matches.map((m) => m.patient.id)).toEqual([id]);
    expect(found.failed).toBe(false);
  });

  it('is found behind more namesakes than a page holds', async () => {
    const patient = { name: [{ family: 'Commoner', given: ['John'] }] };
    for (let i = 0; i < 25; i += 1) await created({ ...patient, birthDate: `${1950 + i}` });
    const { client, mine, id } = await created(patient);
    const found = await lookForCreated(client, mine, Date.now());
    expect(found.matches.map((m) => m.patient.id)).toEqual([id]);
  });

  it('is found where the server does not know when records were changed', async () => {
    const { client, mine, id } = await created({ name: [{ family: 'Zorblatt' }] });
    bench().server.faults.add({ path: /_lastUpdated/, status: 400, body: {} });
    const found = await lookForCreated(client, mine, Date.now());
    expect(found.matches.map((m) => m.patient.id)).toEqual([id]);
    expect(found.failed).toBe(false);
  });

  it('is nobody who was there before', async () => {
    const { client, mine } = await created({ name: [{ family: 'Zorblatt' }] });
    const found = await lookForCreated(client, mine, Date.now() + 3_600_000);
    expect(found).toEqual({ matches: [], failed: false });
  });

  it('may be there where the search was refused, or has pages that were not read', async () => {
    const { client } = bench().connect();
    const mine: Patient = { resourceType: 'Patient', name: [{ family: 'Zorblatt' }] };
    const remove = bench().server.faults.add({ path: /Patient\?/, status: 403, body: {} });
    expect((await lookForCreated(client, mine, Date.now())).failed).toBe(true);
    remove();
    const { baseUrl, faults } = bench().server;
    faults.add({
      path: /Patient\?/,
      rewrite: (body) => ({
        ...(body as object),
        link: [
          { relation: 'next', url: `${baseUrl}/Patient?family=Zorblatt&page=${Math.random()}` },
        ],
      }),
    });
    expect((await lookForCreated(client, mine, Date.now())).failed).toBe(true);
    expect((await lookForCreated(client, { resourceType: 'Patient' }, Date.now())).failed).toBe(
      true,
    );
  });
});
