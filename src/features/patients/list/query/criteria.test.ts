import { describe, expect, it } from 'vitest';
import { sameCriteria, tidy, toParams } from './criteria.ts';
import { readBox, readingKey } from '../readings/read-box.ts';
import { fingerprint } from '#lib/fingerprint.ts';
import { FIRST, following } from './list-state.ts';
import type { PageUrl } from '#fhir/types.ts';

describe('toParams', () => {
  it('asks for a page of all patients without criteria', () => {
    expect(toParams({}, undefined, 20)).toEqual({ _count: 20 });
  });

  it('combines the search box and the filters so that both must match', () => {
    expect(
      toParams(
        {
          text: 'A123',
          read: { identifier: 'A123' },
          asked: { identifier: 'urn:x|B9', birthdate: '1960-12-25' },
        },
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

  it('does not guess the meaning of an ambiguous date', () => {
    const asked = readBox({ text: '03/04/1960' });
    expect(asked.ask).toBe(true);
    expect(toParams({ text: '03/04/1960' }, undefined, 10)).toEqual({ _count: 10 });
    const [april] = asked.others;
    if (!april) throw new Error('no reading');
    const chosen = readBox({ text: '03/04/1960', as: readingKey(april) });
    expect(chosen.ask).toBe(false);
    expect(chosen.chosen?.params).toEqual({ birthdate: april.birthDate });
  });

  it('reads an impossible date as an identifier only if the user chooses so', () => {
    const asked = readBox({ text: '31.02.1980' });
    expect(asked).toMatchObject({ chosen: undefined, ask: true, impossibleDate: '31.02.1980' });
    const [identifier] = asked.others;
    if (!identifier) throw new Error('no reading');
    const chosen = readBox({ text: '31.02.1980', as: readingKey(identifier) });
    expect(chosen.ask).toBe(false);
    expect(chosen.chosen?.kinds).toEqual(['identifier']);
  });
});

describe('criteria', () => {
  it('ignores empty fields in tidying and comparing', () => {
    expect(tidy({ text: ' smith ', as: '', filters: { family: '' }, asked: {} })).toEqual({
      text: 'smith',
    });
    expect(sameCriteria({ text: '' }, {})).toBe(true);
    expect(sameCriteria({ text: 'a' }, { text: 'b' })).toBe(false);
    expect(sameCriteria({ asked: { family: 'a' } }, {})).toBe(false);
  });
});

describe('following', () => {
  it('counts pages and rows and stores fingerprints of the links', () => {
    const a = 'https://fhir.example/Patient?ct=a' as PageUrl;
    const ignored = { filters: ['deceased'], sort: false };
    const second = following(
      { ...FIRST, criteria: { text: 'x' } },
      a,
      'https://fhir.example/Patient',
      20,
      ignored,
    );
    expect(second).toMatchObject({
      page: 2,
      from: a,
      before: 20,
      criteria: { text: 'x' },
      ignored,
    });
    expect(second.seen).toContain(fingerprint(a));
    let place = second;
    for (let i = 0; i < 3000; i += 1)
      place = following(place, `${a}${i}` as PageUrl, undefined, 20, ignored);
    expect(place.seen.length).toBe(200);
  });
});
