import type { Bundle, Patient } from 'fhir/r4';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openBench } from '#fhir/client/client-fixture.ts';
import { findCreated } from './find-created.ts';

const bench = openBench();
const created = async (patient: Omit<Patient, 'resourceType'>) => {
  const { client } = bench().connect();
  const mine: Patient = { resourceType: 'Patient', ...patient };
  const { resource } = await client.create(mine);
  return { client, mine, id: resource.id };
};

/** Returns a page cut to `count` entries, with a link to a next page. */
const shortened = (page: Bundle, count: number): Bundle => ({
  ...page,
  entry: page.entry?.slice(0, count) ?? [],
  link: [{ relation: 'next', url: `${bench().server.baseUrl}/Patient?_sort=more` }],
});

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('the patient whose create request got no response', () => {
  it.each<[string, Omit<Patient, 'resourceType'>]>([
    ['by a family name alone', { name: [{ family: 'Zorblatt' }] }],
    ['by a given name alone', { name: [{ given: ['Suharti', 'Ayu'] }] }],
    ['by a name without a letter', { name: [{ family: '🦄' }] }],
    ['by both names', { name: [{ family: 'van der Berg, jr', given: ['Jan'] }] }],
  ])('is found %s', async (_, patient) => {
    const { client, mine, id } = await created(patient);
    const found = await findCreated(client, mine);
    expect(found.matches.map((m) => m.patient.id)).toEqual([id]);
    expect(found.unchecked).toEqual([]);
  });

  it('is found among more namesakes than one page holds', async () => {
    const patient = { name: [{ family: 'Commoner', given: ['John'] }] };
    for (let i = 0; i < 25; i += 1) await created({ ...patient, birthDate: `${1950 + i}` });
    const { client, mine, id } = await created(patient);
    const found = await findCreated(client, mine);
    expect(found.matches.map((m) => m.patient.id)).toEqual([id]);
  });

  it('is found whether the browser’s clock is ahead of the server’s or behind it', async () => {
    for (const at of ['2001-01-01', '2099-01-01']) {
      vi.setSystemTime(at);
      const { client, mine, id } = await created({ name: [{ family: `Skew${at}` }] });
      vi.setSystemTime(at === '2001-01-01' ? '2099-01-01' : '2001-01-01');
      const found = await findCreated(client, mine);
      expect(found.matches.map((m) => m.patient.id)).toEqual([id]);
      expect(found.unchecked).toEqual([]);
    }
  });

  it('is found when the server refuses to sort', async () => {
    const patient = { name: [{ family: 'Zorblatt' }], birthDate: '1980-01-02' };
    const { client, mine, id } = await created(patient);
    bench().server.faults.add({ path: /_sort/, status: 400, body: {} });
    const found = await findCreated(client, mine);
    expect(found.matches.map((m) => m.patient.id)).toEqual([id]);
    expect(found.unchecked).toEqual([]);
  });

  it('is not a record that was seen before the request was sent', async () => {
    const { client, mine, id } = await created({ name: [{ family: 'Zorblatt' }] });
    const found = await findCreated(client, mine, [id]);
    expect(found).toEqual({ matches: [], unchecked: [] });
  });

  it('is listed before older namesakes', async () => {
    const patient = { name: [{ family: 'Zorblatt', given: ['Zed'] }], birthDate: '1980-01-02' };
    vi.setSystemTime('2020-01-01');
    const older = await created(patient);
    vi.setSystemTime('2021-01-01');
    const { client, mine, id } = await created(patient);
    const found = await findCreated(client, mine);
    expect(found.matches.map((m) => m.patient.id)).toEqual([id, older.id]);
  });

  it('counts as unchecked when the search is refused or the patient has no name', async () => {
    const { client } = bench().connect();
    const mine: Patient = { resourceType: 'Patient', name: [{ family: 'Zorblatt' }] };
    bench().server.faults.add({ path: /Patient\?/, status: 403, body: {} });
    expect((await findCreated(client, mine)).unchecked).toEqual(['name']);
    expect((await findCreated(client, { resourceType: 'Patient' })).unchecked).toEqual(['name']);
  });

  it.each([
    ['is not known from pages in no order', [2, 1], ['name']],
    ['is among the first where the newest came first', [1, 1], []],
  ])('with more result pages than are read: %s', async (_, days, unchecked) => {
    const { client } = bench().connect();
    const mine: Patient = { resourceType: 'Patient', name: [{ family: 'Zorblatt' }] };
    const { baseUrl, faults } = bench().server;
    let page = 0;
    faults.add({
      path: /Patient\?/,
      rewrite: () => ({
        resourceType: 'Bundle',
        type: 'searchset',
        entry: days.map((day) => ({
          resource: {
            resourceType: 'Patient',
            id: `p${(page += 1)}`,
            meta: { lastUpdated: new Date(day * 1e11 - page).toISOString() },
          },
        })),
        link: [{ relation: 'next', url: `${baseUrl}/Patient?family=Zorblatt&page=${page}` }],
      }),
    });
    expect((await findCreated(client, mine)).unchecked).toEqual(unchecked);
  });

  it('is found without reading a second page when the first is sorted newest first', async () => {
    const patient = { name: [{ family: 'Commoner', given: ['John'] }] };
    for (let i = 0; i < 21; i += 1) {
      vi.setSystemTime(Date.UTC(2020, 0, i));
      await created({ ...patient, birthDate: `${1950 + i}` });
    }
    const { client, mine, id } = await created(patient);
    // This server returns fewer entries per page than `_count` asks for.
    const rewrite = vi.fn((body: unknown) => shortened(body as Bundle, 20));
    bench().server.faults.add({ path: /_sort/, rewrite });
    const found = await findCreated(client, mine);
    expect(found.matches.map((m) => m.patient.id)).toEqual([id]);
    expect(found.unchecked).toEqual([]);
    expect(rewrite).toHaveBeenCalledTimes(1);
  });

  it('is found by an unsorted search when the sorted search times out', async () => {
    const patient = { name: [{ family: 'Zorblatt' }], birthDate: '1980-01-02' };
    const { client, mine, id } = await created(patient);
    const limits: AbortController[] = [];
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      if (ms !== 15_000) return timeout(ms);
      const limit = new AbortController();
      limits.push(limit);
      return limit.signal;
    });
    bench().server.faults.add({
      path: /_sort/,
      hold: () => {
        limits[0]?.abort(new DOMException('', 'TimeoutError'));
        return Promise.resolve();
      },
      status: 503,
    });
    const found = await findCreated(client, mine);
    expect(found.matches.map((m) => m.patient.id)).toEqual([id]);
    expect(found.unchecked).toEqual([]);
  });
});
