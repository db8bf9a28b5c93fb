import { describe, expect, it } from 'vitest';
import { duplicateSearches, rankDuplicates } from './duplicates.ts';
import { readMatches } from './match-grade.ts';
import { similarRows } from './similar.ts';

describe('patients who could be confused', () => {
  const person = (id: string, family: string, given: string, birthDate?: string) => ({
    id,
    name: [{ family, given: [given] }],
    birthDate,
    gender: 'female',
  });

  it('are found by similarRows in a list', async () => {
    const found = await similarRows([
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

  it('are found by similarRows among the 1,000 rows of the largest page', async () => {
    const letters = (i: number) =>
      [i % 26, (i / 26) % 26, i / 676]
        .map((n) => 'abcdefghijklmnopqrstuvwxyz'[Math.floor(n)])
        .join('');
    const others = Array.from({ length: 998 }, (_, i) => person(`p${i}`, letters(i), letters(i)));
    const anna = person('a', 'Smith', 'Anna', '1960-04-03');
    const found = await similarRows([anna, ...others, { ...anna, id: 'b' }]);
    expect([...found.keys()].toSorted()).toEqual(['a', 'b']);
  });

  it('are searched for by identifier, names and birth date', () => {
    const searches = duplicateSearches({
      ...person('x', 'Müller, jr', 'Karl', '1960-12'),
      identifier: [{ system: 'http://x', value: '1|2' }],
    });
    expect(searches.map((s) => s.reason)).toEqual([
      'identifier',
      'family-birth-date',
      'name-birth-date',
      'near',
      'name',
    ]);
    expect(searches[0]?.params).toEqual({ identifier: 'http://x|1\\|2', _count: 20 });
    expect(searches[1]?.params['family']).toBe('Müller\\, jr');
    // A word may be recorded in any name field; with the birth date, one matching word is enough.
    expect(searches[2]?.params['name']).toBe('Karl,Müller,jr,Müller\\, jr');
    expect(searches[4]?.params['name']).toEqual(['Karl', 'Müller', 'jr,Müller\\, jr']);
    expect(duplicateSearches({})).toEqual([]);
  });

  it.each([
    ['a family name alone', { family: 'Zorblatt' }],
    ['a given name alone', { given: ['Zorblatt'] }],
  ])('are searched for by %s, and match if it is recorded in either field', (_, name) => {
    const me = { name: [name] };
    expect(duplicateSearches(me).map((s) => s.params['name'])).toEqual([['Zorblatt']]);
    const there = [
      { id: 'family', name: [{ family: 'Zorblatt' }] },
      { id: 'given', name: [{ given: ['Zorblatt'] }] },
      { id: 'both', name: [{ family: 'Zorblatt', given: ['Anna'] }] },
    ];
    const ranked = rankDuplicates(me, there);
    expect(ranked.map((r) => r.patient.id).toSorted()).toEqual(['family', 'given']);
    expect(ranked.map((r) => r.reasons)).toEqual([['same-name'], ['same-name']]);
  });

  it('are ranked if family and given name are swapped and the birth date is the same', () => {
    const me = { ...person('', 'Beatrice', 'Fletcher', '2001-12-22') };
    const ranked = rankDuplicates(me, [
      person('swapped', 'Fletcher', 'Beatrice', '2001-12-22'),
      person('slip', 'Fletscher', 'Beatrice', '2001-12-22'),
      person('other', 'Fletcher', 'Thomas', '2001-12-22'),
    ]);
    expect(ranked.map((r) => r.patient.id)).toEqual(['swapped', 'slip']);
  });

  it('are ranked if the names are swapped without a birth date, but not with another one', () => {
    const there = [
      person('swapped', 'Fletcher', 'Beatrice', '2001-12-22'),
      person('slip', 'Fletscher', 'Beatrice', '2001-12-22'),
    ];
    const ranked = rankDuplicates(person('', 'Beatrice', 'Fletcher'), there);
    expect(ranked.map((r) => [r.patient.id, r.reasons])).toEqual([['swapped', ['near-name']]]);
    const other = person('', 'Beatrice', 'Fletcher', '1950-05-05');
    expect(rankDuplicates(other, there)).toEqual([]);
  });

  it('are ranked with an equal identifier first', () => {
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

  it('are never left out if $match found them, and keep its grade', () => {
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
