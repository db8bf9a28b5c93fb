import { describe, expect, it } from 'vitest';
import { duplicateSearches, rankDuplicates } from './duplicates.ts';
import { readMatches } from './match-grade.ts';
import { similarRows } from './similar.ts';

describe('people who could be mixed up', () => {
  const person = (id: string, family: string, given: string, birthDate?: string) => ({
    id,
    name: [{ family, given: [given] }],
    birthDate,
    gender: 'female',
  });

  it('are marked in a list', () => {
    const found = similarRows([
      person('a', 'Smith', 'Anna', '1960-04-03'),
      person('b', 'Smyth', 'Anna', '1960-03-04'),
      person('c', 'Smith', 'Anna', '1991-01-01'),
      person('d', 'Müller', 'Karl', '1960-04-03'),
      { id: 'e' },
    ]);
    expect(found.get('a')).toEqual({ reason: 'same-name', ids: ['b', 'c'] });
    expect(found.get('b')).toEqual({ reason: 'similar', ids: ['a'] });
    expect(found.has('d')).toBe(false);
    expect(found.has('e')).toBe(false);
  });

  it('are searched for before a create', () => {
    const searches = duplicateSearches({
      ...person('x', 'Müller, jr', 'Karl', '1960-12'),
      identifier: [{ system: 'http://x', value: '1|2' }],
    });
    expect(searches.map((s) => s.reason)).toEqual([
      'identifier',
      'family-birth-date',
      'given-birth-date',
      'near',
      'name',
    ]);
    expect(searches[0]?.params).toEqual({ identifier: 'http://x|1\\|2', _count: 20 });
    expect(searches[1]?.params['family']).toBe('Müller\\, jr');
    expect(duplicateSearches({})).toEqual([]);
  });

  it('are ranked, an identifier above all', () => {
    const me = { ...person('', 'Smith', 'Anna', '1960-04-03'), identifier: [{ value: '7' }] };
    const ranked = rankDuplicates(me, [
      person('near', 'Smyth', 'Anna', '1960-03-04'),
      person('same', 'SMITH', 'Anna', '1960-04-03'),
      person('other', 'Jones', 'Bob', '1960-04-03'),
      person('name', 'Smith', 'Anna', '1990-01-01'),
      { ...person('id', 'Else', 'Someone', '1990-01-01'), identifier: [{ value: '7' }] },
      person('same', 'SMITH', 'Anna', '1960-04-03'),
    ]);
    expect(ranked.map((r) => r.patient.id)).toEqual(['id', 'same', 'near']);
    expect(ranked[1]?.reasons).toEqual(['same-name', 'same-birth-date']);
  });

  it('are kept where the server found them, with its grade', () => {
    const entry = (id: string, search: object) => ({
      resource: { resourceType: 'Patient', ...person(id, 'Unlike', 'Eva') },
      search: { mode: 'match', ...search },
    });
    const grade = (valueCode: string) => ({
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/match-grade', valueCode }],
    });
    const { patients, grades } = readMatches(
      {
        resourceType: 'Bundle',
        entry: [
          entry('a', grade('possible')),
          entry('b', { score: 0.99, ...grade('certain') }),
          entry('c', grade('certainly-not')),
          entry('d', { score: 0.8 }),
          entry('e', grade('made-up')),
          null,
        ],
      },
      'http://x/fhir',
    );
    const ranked = rankDuplicates(person('', 'Smith', 'Anna', '1960-04-03'), patients, grades);
    expect(ranked.map(({ patient, grade: g }) => `${patient.id} ${g ?? '-'}`)).toEqual([
      'b certain',
      'd probable',
      'a possible',
      'e -',
    ]);
    expect(readMatches('broken', 'http://x/fhir').patients).toEqual([]);
  });
});
