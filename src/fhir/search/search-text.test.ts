import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ignoredParams } from './ignored-params.ts';
import { escapeValue, searchQuery } from './search-query.ts';
import { readSearchText } from './search-text.ts';

const read = (text: string) => readSearchText(text, '2026-11-22');
const params = (text: string) => read(text).readings.map((r) => r.params);
const first = (text: string) => params(text)[0];

describe('the text in the search box', () => {
  it.each([
    ['Smith', { name: ['Smith'] }],
    ['  mary   evans ', { name: ['mary', 'evans,mary evans'] }],
    [
      'EVANS-WEST, Mary Jane (Mrs)',
      {
        name: [
          'EVANS-WEST',
          String.raw`Mary,EVANS-WEST\, Mary`,
          String.raw`Jane,Mary Jane,EVANS-WEST\, Mary Jane`,
        ],
      },
    ],
    ["O'Brien", { name: ["O'Brien,O’Brien"] }],
    ['O’Brien', { name: ["O’Brien,O'Brien"] }],
    ['🦄', { name: ['🦄'] }],
    ['---', { name: ['---'] }],
    ['Нина Иванова', { name: ['Нина', 'Иванова,Нина Иванова'] }],
    ['王小明', { name: ['王小明,王', '王小明,小明,明'] }],
    ['王小明,', { name: ['王小明,王', '王小明,小明,明'] }],
  ])('is read as a name: %s', (text, expected) => {
    expect(first(text)).toEqual(expected);
  });

  it.each([
    ['1960-12-25', { birthdate: '1960-12-25' }],
    ['25/12/1960', { birthdate: '1960-12-25' }],
    ['25 Dec 1960', { birthdate: '1960-12-25' }],
    ['1960', { birthdate: '1960' }],
    ['Smith 25/12/1960', { name: ['Smith'], birthdate: '1960-12-25' }],
    ['25 Dec 1960 Mary Smith', { name: ['Mary', 'Smith,Mary Smith'], birthdate: '1960-12-25' }],
    ['smith, john, 1960', { name: ['smith', String.raw`john,smith\, john`], birthdate: '1960' }],
  ])('is read as a birth date, with or without a name: %s', (text, expected) => {
    expect(first(text)).toEqual(expected);
  });

  it.each([
    ['MRN-00012', { identifier: 'MRN-00012' }],
    ['http://x.org/mrn|12', { identifier: 'http://x.org/mrn|12' }],
    ['|12', { identifier: '|12' }],
    ['RGH000001', { identifier: 'RGH000001' }],
    ['MRN: 00012', { identifier: '00012' }],
    ['MRN RGH000001', { identifier: 'RGH000001' }],
    ['NHS 999 000 0018', { identifier: '999 000 0018,9990000018' }],
    ['MR 12345', { identifier: 'MR 12345,MR12345' }],
    ['RGH 12 AB34', { identifier: 'RGH 12 AB34,RGH12AB34' }],
    ['3f2504e0-4f89-11d3-9a0c-0305e82c3301', { _id: '3f2504e0-4f89-11d3-9a0c-0305e82c3301' }],
    ['tel:+44 1632 964068', { phone: '+44 1632 964068,+441632964068' }],
    [
      '(555) 555-0199',
      { phone: '(555) 555-0199,5555550199,555-555-0199,555.555.0199,555 555 0199' },
    ],
    ['943 476 5919', { identifier: '9434765919,943 476 5919' }],
    ['12345678', { identifier: '12345678' }],
    ['Patient/p0001', { _id: 'p0001' }],
    ['+61 (2) 5550 1234', { phone: '+61 (2) 5550 1234,+61255501234' }],
    ['ann@example.org', { email: 'ann@example.org' }],
    ['Smith MRN12', { name: ['Smith'], identifier: ['MRN12'] }],
    ['Smith, MRN12,', { name: ['Smith'], identifier: ['MRN12'] }],
  ])('is read as an identifier, id, phone number or email address: %s', (text, expected) => {
    expect(first(text)).toEqual(expected);
  });

  it('has less likely readings, too', () => {
    expect(params('Li 12345')).toContainEqual({ identifier: 'Li 12345,Li12345' });
    expect(params('MR 12345')).toContainEqual({ name: ['MR'], identifier: ['12345'] });
    expect(params('MRN Smith')).toEqual([{ name: ['MRN', 'Smith,MRN Smith'] }]);
    expect(params('0212345678')).toEqual([{ identifier: '0212345678' }, { phone: '0212345678' }]);
    expect(params('19601225')).toContainEqual({ birthdate: '1960-12-25' });
  });

  it('needs a question if day and month could be swapped', () => {
    const { readings, ask } = read('Smith 3/4/1960');
    expect(ask).toBe(true);
    expect(readings.map((r) => r.birthDate)).toEqual(['1960-04-03', '1960-03-04']);
    expect(read('3/4/1960').ask).toBe(true);
    expect(read('25/12/1960').ask).toBe(false);
  });

  it.each([
    ['31.02.1980', '31.02.1980', ['identifier']],
    ['2023-02-30', '2023-02-30', ['identifier']],
    ['30/02/80', '30/02/80', ['identifier']],
    ['٣١.٠٢.١٩٨٠', '31.02.1980', ['identifier']],
    ['31 Feb 1980', '31 Feb 1980', ['name', 'identifier']],
    ['Feb 30, 1980', 'Feb 30, 1980', ['name', 'identifier']],
    ['Smith 31.02.1980', '31.02.1980', ['name', 'identifier']],
  ])('needs a question if it has a date that does not exist: %s', (text, impossibleDate, kinds) => {
    const { readings, ...rest } = read(text);
    expect(rest).toEqual({ ask: true, impossibleDate });
    expect(readings[0]?.kinds).toEqual(kinds);
  });

  it.each([
    '12.34.56', // 34 is neither a day nor a month
    '31-02-4567', // a year in the future
    '19801332', // digits without separators are a number
    '13/1960',
    '25 Foo 1960',
    'MRN: 31.02.1980',
    'https://hospital.example/mrn|31.02.1980',
    '29.02.1980',
  ])('is not read as an impossible date: %s', (text) => {
    const { ask, impossibleDate } = read(text);
    expect({ ask, impossibleDate }).toEqual({ ask: false, impossibleDate: undefined });
  });

  it('is escaped, so that commas and bars are not operators', () => {
    expect(escapeValue('a,b|c$d\\e')).toBe('a\\,b\\|c\\$d\\\\e');
  });

  it('never makes readSearchText throw, and every word has a reading', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const { readings } = read(text);
        for (const { params } of readings) {
          expect([...searchQuery(params)].length).toBeGreaterThan(0);
        }
        if (/^\p{L}+$/u.test(text)) expect(readings.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('ignoredParams', () => {
  const base = 'http://localhost/fhir/Patient?';
  it('returns the parameters that are missing in the self link', () => {
    const asked = { name: 'x', deceased: 'false', _sort: 'family,given', _count: 20 };
    expect(ignoredParams(asked, `${base}name=x&_sort=family`)).toEqual({
      filters: ['deceased'],
      sort: true,
    });
    expect(ignoredParams(asked, `${base}name=x&deceased=false&_sort=family,given`)).toEqual({
      filters: [],
      sort: false,
    });
  });

  it('returns nothing if the self link has no parameters or is missing', () => {
    for (const self of [undefined, 'http://x/Patient', `${base}ct=abc`, '%%%']) {
      expect(ignoredParams({ name: 'x' }, self)).toEqual({ filters: [], sort: false });
    }
  });

  it('ignores modifiers and parameters such as _count', () => {
    expect(
      ignoredParams({ 'name:contains': 'x', _count: 5 }, `${base}name:contains=x`).filters,
    ).toEqual([]);
  });
});
