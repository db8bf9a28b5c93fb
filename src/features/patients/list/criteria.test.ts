import { describe, expect, it } from 'vitest';
import { fieldDate, readBox, readingKey, sameCriteria, tidy, toParams } from './criteria.ts';
import { FIRST, fingerprint, following } from './list-state.ts';
import type { PageUrl } from '#fhir/types.ts';

describe('toParams', () => {
  it('asks for a page of everybody without criteria', () => {
    expect(toParams({}, undefined, 20)).toEqual({ _count: 20 });
  });

  it('joins the search box and the filters: both must hold', () => {
    expect(
      toParams(
        { text: 'A123', identifier: 'urn:x|B9', birthDate: '25 Dec 1960' },
        '-birthdate',
        50,
      ),
    ).toEqual({
      identifier: ['A123', 'urn:x|B9'],
      birthdate: '1960-12-25',
      _sort: '-birthdate',
      _count: 50,
    });
  });

  it('escapes what has a meaning in a search value', () => {
    expect(toParams({ family: 'a,b$c', phone: '+44 20|1' }, undefined, 10)).toEqual({
      family: String.raw`a\,b\$c`,
      phone: String.raw`+44 20\|1,+4420\|1`,
      _count: 10,
    });
  });

  it('translates the status', () => {
    expect(toParams({ status: 'living' }, undefined, 10)).toEqual({
      deceased: 'false',
      _count: 10,
    });
    expect(toParams({ status: 'toString' }, undefined, 10)).toEqual({ _count: 10 });
  });

  it('does not guess a date with two meanings', () => {
    const asked = readBox({ text: '03/04/1960' });
    expect(asked.ask).toBe(true);
    expect(toParams({ text: '03/04/1960' }, undefined, 10)).toEqual({ _count: 10 });
    const [april] = asked.others;
    if (!april) throw new Error('no reading');
    expect(toParams({ text: '03/04/1960', as: readingKey(april) }, undefined, 10)).toEqual({
      birthdate: april.birthDate,
      _count: 10,
    });
    expect(fieldDate('03/04/1960')).toBeUndefined();
  });
});

describe('criteria', () => {
  it('compares without regard to empty fields', () => {
    expect(tidy({ text: ' smith ', family: '  ' })).toEqual({ text: 'smith' });
    expect(sameCriteria({ text: '' }, {})).toBe(true);
    expect(sameCriteria({ text: 'a' }, { text: 'b' })).toBe(false);
  });
});

describe('following', () => {
  it('counts pages and rows and remembers the links as fingerprints', () => {
    const a = 'https://fhir.example/Patient?ct=a' as PageUrl;
    const second = following(
      { ...FIRST, criteria: { text: 'x' } },
      a,
      'https://fhir.example/Patient',
      20,
    );
    expect(second).toMatchObject({ page: 2, from: a, before: 20, criteria: { text: 'x' } });
    expect(second.seen).toContain(fingerprint(a));
    let place = second;
    for (let i = 0; i < 3000; i += 1)
      place = following(place, `${a}${i}` as PageUrl, undefined, 20);
    expect(place.seen.length).toBeLessThanOrEqual(2000);
  });
});
