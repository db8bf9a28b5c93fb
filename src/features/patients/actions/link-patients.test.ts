import type { Patient } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import { activeBefore, linking, unlinking, unmarked } from './link-patients.ts';
import { pairBundle } from './write-pair.ts';

const BASE = 'https://fhir.example/r4';
const versioned = (patient: Partial<Patient> & { id: string }, version = '1') => ({
  resource: { resourceType: 'Patient' as const, ...patient },
  etag: `W/"${version}"`,
});

describe('linking two records of one person', () => {
  const source = versioned({
    id: 'a',
    text: { status: 'extensions', div: '<div/>' },
    extension: [{ url: 'x', valueCode: 'y' }],
    link: [{ type: 'seealso', other: { reference: 'Patient/z' } }],
  });
  const target = versioned({ id: 'b', gender: 'female' }, '7');

  test('makes each record point to the other and keeps all other elements', () => {
    const after = linking({ source, target }, BASE).after;
    expect(after.source).toEqual({
      resourceType: 'Patient',
      id: 'a',
      active: false,
      extension: [{ url: 'x', valueCode: 'y' }],
      link: [
        { type: 'seealso', other: { reference: 'Patient/z' } },
        { type: 'replaced-by', other: { reference: 'Patient/b' } },
      ],
    });
    expect(after.target.link).toEqual([{ type: 'replaces', other: { reference: 'Patient/a' } }]);
  });

  test('does not add a link that the record already has, also as an absolute URL', () => {
    const link = [{ type: 'replaces' as const, other: { reference: `${BASE}/Patient/a` } }];
    const half = versioned({ id: 'b', link });
    expect(linking({ source, target: half }, BASE).after.target).toBe(half.resource);
  });

  test('builds one transaction with If-Match on the compared version of each record', () => {
    const bundle = pairBundle(linking({ source, target }, BASE), BASE);
    expect(bundle.type).toBe('transaction');
    expect(bundle.entry?.map((e) => e.request)).toEqual([
      { method: 'PUT', url: 'Patient/b', ifMatch: 'W/"7"' },
      { method: 'PUT', url: 'Patient/a', ifMatch: 'W/"1"' },
    ]);
  });
});

describe('undoing a link', () => {
  const link = (type: 'replaces' | 'replaced-by' | 'seealso', other: string) => ({
    type,
    other: { reference: other },
  });
  const source = versioned({
    id: 'a',
    active: false,
    text: { status: 'generated', div: '<div/>' },
    link: [link('seealso', 'Patient/z'), link('replaced-by', 'Patient/b')],
  });
  const target = versioned({
    id: 'b',
    link: [link('replaces', `${BASE}/Patient/a`), link('replaces', 'Patient/c')],
  });

  test('removes the link from both records and keeps all other links', () => {
    const { after, isDone } = unlinking({ source, target }, true, BASE);
    expect(after.source).toEqual({
      resourceType: 'Patient',
      id: 'a',
      active: true,
      link: [link('seealso', 'Patient/z')],
    });
    expect(after.target.link).toEqual([link('replaces', 'Patient/c')]);
    expect(isDone(after)).toBe(true);
    expect(isDone({ ...after, source: source.resource })).toBe(false);
    expect(isDone({ ...after, target: target.resource })).toBe(false);
  });

  test('leaves the target unchanged when it has no link to the source', () => {
    const unaware = versioned({ id: 'b' });
    expect(unlinking({ source, target: unaware }, true, BASE).after.target).toBe(unaware.resource);
  });

  test('restores both records exactly as they were before linking', () => {
    const [a, b] = [versioned({ id: 'a', gender: 'other' }), versioned({ id: 'b' })];
    const { after } = linking({ source: a, target: b }, BASE);
    const pair = {
      source: { ...a, resource: after.source },
      target: { ...b, resource: after.target },
    };
    const undone = unlinking(pair, undefined, BASE).after;
    expect(undone).toEqual({ source: a.resource, target: b.resource });
  });

  test('keeps a record inactive when another record still replaces it', () => {
    const both = [link('replaced-by', 'Patient/b'), link('replaced-by', 'Patient/d')];
    const twice = { ...source.resource, link: both };
    expect(unmarked(twice, 'b', true, BASE)).toMatchObject({
      active: false,
      link: [link('replaced-by', 'Patient/d')],
    });
  });

  test('removes a replaced-by link to a target on another server', () => {
    const away = [link('replaced-by', 'https://other.example/Patient/b')];
    const after = unmarked({ ...source.resource, link: away }, undefined, true, BASE);
    expect(after.link).toBeUndefined();
  });

  test('finds Patient.active of the last version before the link', () => {
    const entry = (patient: Partial<Patient>) => ({
      id: 'a',
      versionId: undefined,
      method: 'update' as const,
      at: undefined,
      resource: { resourceType: 'Patient' as const, ...patient, id: 'a' },
    });
    const marked = entry(source.resource);
    expect(activeBefore([marked, entry({ active: false }), entry({})])).toEqual({ active: false });
    expect(activeBefore([marked, entry({})])).toEqual({ active: undefined });
    expect(activeBefore([marked])).toBeUndefined();
  });
});
