import { MutationObserver, QueryObserver, type QueryClient } from '@tanstack/react-query';
import type { Patient } from 'fhir/r4';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readCapability } from '#fhir/permissions/capability.ts';
import { Gone } from '#fhir/errors.ts';
import { generate } from '#sandbox/data/generate.ts';
import { startFhirServer, type FhirServer } from '#sandbox/fhir/server.ts';
import { can } from './capability.ts';
import { sessionAt } from './data-fixture.ts';
import type { Fhir } from './fhir-context.ts';
import { keys } from './keys.ts';
import { removeOnce } from './mutations-lost.ts';
import { createPatient, forgetDeleted, updatePatient } from './mutations.ts';
import { fhirFor } from './prepared.ts';
import {
  capabilitiesQuery,
  countQuery,
  historyQuery,
  patientQuery,
  patientSearchQuery,
} from './queries.ts';
import { createQueryClient } from './query-client.ts';

let server: FhirServer;
let cache: QueryClient;
let fhir: Fhir;

beforeAll(async () => {
  server = await startFhirServer({
    resources: generate({ patients: 30, charts: 1 }).resources,
    auth: 'open',
  });
});
afterAll(() => server.close());
beforeEach(() => {
  cache = createQueryClient();
  fhir = fhirFor(sessionAt(server.openBaseUrl, 'session-1'));
});
afterEach(() => {
  cache.clear();
  server.reset();
});

const posts = () => server.log.filter((e) => e.method === 'POST').length;
const ada: Patient = { resourceType: 'Patient', name: [{ family: 'Testcase', given: ['Ada'] }] };

describe('queries', () => {
  it('have different keys in different sessions', () => {
    const other = fhirFor(sessionAt(server.openBaseUrl, 'session-2'));
    expect(keys.read(fhir, 'Patient', 'p0001')).not.toEqual(keys.read(other, 'Patient', 'p0001'));
  });

  it('read pages, versions, counts and capabilities', async () => {
    const page = await cache.fetchQuery(patientSearchQuery(fhir, { _count: 5 }));
    expect(page.items).toHaveLength(5);
    const second = await cache.fetchQuery(patientSearchQuery(fhir, { _count: 5 }, page.next));
    expect(second.items[0]?.id).not.toBe(page.items[0]?.id);
    expect(
      await cache.fetchQuery(countQuery(fhir, 'Patient', { _sort: 'family' })),
    ).toBeGreaterThan(29);
    const { versions } = await cache.fetchQuery(historyQuery(fhir, 'Patient', 'p0001'));
    expect(versions.length).toBeGreaterThan(0);
    const capability = await cache.fetchQuery(capabilitiesQuery(fhir));
    expect(capability.interaction('Patient', 'create')).toBe(true);
  });

  it('read the FHIR version from the Conformance resource of a DSTU2 server', async () => {
    const body = { resourceType: 'Conformance', fhirVersion: '1.0.2' };
    server.faults.add({ path: /metadata/, status: 200, body });
    const { otherVersion } = await cache.fetchQuery(capabilitiesQuery(fhir));
    expect(otherVersion).toBe('1.0.2');
  });

  it('know no version and no interaction when /metadata holds something else', async () => {
    for (const body of ['', '[]', '"x"', { resourceType: 'OperationOutcome', rest: 1 }]) {
      server.faults.add({ path: /metadata/, status: 200, times: 1, body });
      const statement = await fhir.client.capabilities();
      const read = readCapability(statement);
      expect([read.otherVersion, read.interaction('Patient', 'read')]).toEqual([
        undefined,
        undefined,
      ]);
    }
  });
});

describe('writes', () => {
  it('create one patient when the same create is requested twice at once', async () => {
    const create = createPatient(fhir, cache);
    const [a, b] = await Promise.all([
      new MutationObserver(cache, create).mutate({ patient: ada }),
      new MutationObserver(cache, create).mutate({ patient: ada }),
    ]);
    expect(a.resource.id).toBe(b.resource.id);
    expect(posts()).toBe(1);
  });

  it('put the saved version into the cache and let lists find it', async () => {
    const list = patientSearchQuery(fhir, { family: 'Testcase' });
    const watching = new QueryObserver(cache, list);
    const stop = watching.subscribe(() => undefined);
    await cache.fetchQuery(list);
    const { resource, etag } = await new MutationObserver(cache, createPatient(fhir, cache)).mutate(
      { patient: ada },
    );
    const saved = await new MutationObserver(cache, updatePatient(fhir, cache, resource.id)).mutate(
      { resource: { ...resource, gender: 'female' }, ifMatch: etag ?? '' },
    );
    expect(cache.getQueryData(patientQuery(fhir, resource.id).queryKey)).toEqual(saved);
    await cache.refetchQueries({ queryKey: list.queryKey });
    expect(watching.getCurrentResult().data?.items.map((p) => p.id)).toContain(resource.id);
    stop();
  });

  it('keep the saved version when the response to an earlier read arrives later', async () => {
    const { resource, etag = '' } = await fhir.client.create(ada);
    const query = patientQuery(fhir, resource.id);
    cache.setQueryData(query.queryKey, { resource, etag }, { updatedAt: 1 });
    server.faults.add({ method: 'GET', times: 1, status: 200, body: resource, delay: 200 });
    const watching = new QueryObserver(cache, query);
    const stop = watching.subscribe(() => undefined);
    expect(watching.getCurrentResult().isFetching).toBe(true);
    const saved = await new MutationObserver(cache, updatePatient(fhir, cache, resource.id)).mutate(
      { resource: { ...resource, gender: 'female' }, ifMatch: etag },
    );
    const reads = () => server.log.filter(({ method }) => method === 'GET');
    await expect.poll(() => reads().map(({ over }) => over)).toContain(true);
    await expect.poll(() => reads().every(({ over }) => over)).toBe(true);
    expect(watching.getCurrentResult()).toMatchObject({
      data: saved,
      error: null,
      isFetching: false,
    });
    stop();
  });

  it('make an open patient query fail with Gone after a deletion', async () => {
    const { resource } = await fhir.client.create(ada);
    const query = patientQuery(fhir, resource.id);
    const watching = new QueryObserver(cache, query);
    const stop = watching.subscribe(() => undefined);
    await cache.fetchQuery(query);
    await removeOnce(fhir.client, resource.id);
    forgetDeleted(cache, fhir, resource.id);
    await expect.poll(() => watching.getCurrentResult().error).toBeInstanceOf(Gone);
    expect(watching.getCurrentResult().data).toBeUndefined();
    stop();
  });
});

describe('can', () => {
  const capability = readCapability({
    rest: [{ resource: [{ type: 'Patient', interaction: [{ code: 'read' }] }] }],
  });
  it('decides by scopes, by the FHIR version and by the CapabilityStatement', () => {
    const unknown = { scopes: undefined, capability: undefined };
    for (const [fhirVersion, reads] of [
      ['4.0.1', true],
      ['4.3.0', true],
      ['5.0.0', false],
      ['3.0.2', false],
      ['1.0.2', false],
    ] as const) {
      const capability = readCapability({ fhirVersion });
      expect(capability.otherVersion).toBe(reads ? undefined : fhirVersion);
      expect(can('update', 'Patient', { ...unknown, capability }).allowed).toBe(reads);
      expect(can('read', 'Patient', { ...unknown, capability }).allowed).toBe(true);
    }
    expect(can('create', 'Patient', unknown).allowed).toBe(true);
    expect(can('create', 'Patient', { ...unknown, scopes: ['patient/*.rs'] }).reason).toBe('scope');
    expect(can('create', 'Patient', { scopes: undefined, capability }).reason).toBe('capability');
    expect(can('read', 'Patient', { scopes: undefined, capability }).allowed).toBe(true);
  });

  const mayWrite = (...roles: readonly string[]) =>
    (['create', 'update', 'delete'] as const).map(
      (deed) => can(deed, 'Patient', { scopes: undefined, capability: undefined, roles }).reason,
    );

  it.each([
    'FHIR Data Reader',
    'FHIR Data Exporter',
    'FHIR SMART User',
    // Roles of Microsoft's open-source server.
    'globalReader',
    'globalExporter',
    'globalImporter',
    'globalConverter',
  ])('refuses create, update and delete to the role %s', (role) => {
    expect(mayWrite(role)).toEqual(['role', 'role', 'role']);
    expect(mayWrite(role, 'Some.App.Role')).toEqual(['role', 'role', 'role']);
  });

  it.each([
    'FHIR Data Contributor',
    'FHIR Data Writer',
    'globalAdmin',
    'globalWriter',
    'globalReader and globalWriter',
    'globalReader and smartUser',
    'Some.App.Role',
  ])('allows writes if a role allows them or none is known: %s', (roles) => {
    expect(mayWrite(...roles.split(' and '))).toEqual([undefined, undefined, undefined]);
  });
});
