import { describe, expect, it } from 'vitest';
import { createClient } from '#fhir/client/create-client.ts';
import { RequestLog } from '#fhir/transport/log.ts';
import { startFhirServer } from '#sandbox/fhir/server.ts';
import { LANGUAGES } from '#lib/settings.ts';
import { parseRange } from './date-range.ts';
import { readFilters } from './filter-params.ts';

const TODAY = '2026-11-22';

describe('readFilters', () => {
  it('leaves out empty filters', () => {
    expect(readFilters({ family: ' ', gender: '' }, TODAY)).toEqual({ params: {}, wrong: [] });
  });

  it('escapes characters that have a meaning in a search value', () => {
    expect(readFilters({ family: 'a,b$c', phone: '+44 20|1' }, TODAY).params).toEqual({
      family: String.raw`a\,b\$c`,
      phone: String.raw`+44 20\|1,+4420\|1`,
    });
  });

  it('accepts the digits of any script', () => {
    const values = { phone: '०१६३२ ९६०००१', identifier: 'urn:x|۱۲۳', ageFrom: '４０', id: 'p１' };
    expect(readFilters(values, TODAY)).toEqual({
      params: {
        phone: '०१६३२ ९६०००१,०१६३२९६०००१,01632 960001,01632960001',
        identifier: 'urn:x|۱۲۳,urn:x|123',
        birthdate: 'le1986-11-22',
        _id: 'p1',
      },
      wrong: [],
    });
  });

  it('keeps the bar between system and value', () => {
    const values = {
      identifier: 'urn:x|B9',
      tag: 'HTEST',
      condition: 'http://snomed.info/sct|38341003',
    };
    expect(readFilters(values, TODAY).params).toEqual({
      identifier: 'urn:x|B9',
      _tag: 'HTEST',
      '_has:Condition:patient:code': 'http://snomed.info/sct|38341003',
    });
  });

  it('searches an address by its words in any order', () => {
    expect(readFilters({ address: '12 Main St' }, TODAY).params).toEqual({
      address: ['12', 'Main,12 Main', 'St,Main St,12 Main St'],
    });
    expect(readFilters({ address: ' , ' }, TODAY).params).toEqual({ address: [String.raw`\,`] });
  });

  it('translates a known status and refuses any other', () => {
    expect(readFilters({ status: 'living' }, TODAY).params).toEqual({ deceased: 'false' });
    expect(readFilters({ status: 'toString' }, TODAY).wrong).toEqual(['status']);
  });

  it('finds a record without Patient.active as active', async () => {
    const server = await startFhirServer({
      resources: [
        { resourceType: 'Patient', id: 'silent' },
        { resourceType: 'Patient', id: 'active', active: true },
        { resourceType: 'Patient', id: 'inactive', active: false },
      ],
      auth: 'open',
    });
    const client = createClient({
      baseUrl: server.openBaseUrl,
      authorization: async () => undefined,
      renew: async () => false,
      log: new RequestLog(),
    });
    const listed = async (status: string) =>
      (await client.search('Patient', readFilters({ status }).params)).items.map(({ id }) => id);
    expect(await listed('active')).toEqual(['silent', 'active']);
    expect(await listed('inactive')).toEqual(['inactive']);
    await server.close();
  });

  it('translates an age into birth dates', () => {
    expect(readFilters({ ageFrom: '65' }, TODAY).params).toEqual({ birthdate: 'le1961-11-22' });
    expect(readFilters({ ageFrom: '18', ageTo: '18' }, TODAY).params).toEqual({
      birthdate: ['le2008-11-22', 'gt2007-11-22'],
    });
    expect(readFilters({ ageFrom: '1', ageTo: 'x' }, '2028-02-29').params).toEqual({
      birthdate: 'le2027-02-28',
    });
    expect(readFilters({ ageTo: 'x' }, TODAY).wrong).toEqual(['ageTo']);
  });

  it('accepts several ids and refuses an invalid one', () => {
    expect(readFilters({ id: 'Patient/p0001, p0002' }, TODAY).params).toEqual({
      _id: 'p0001,p0002',
    });
    expect(readFilters({ id: 'a/b' }, TODAY).wrong).toEqual(['id']);
  });

  it('reads a day for "updated since" and refuses an ambiguous date', () => {
    expect(readFilters({ updated: '1 Nov 2026' }, TODAY).params).toEqual({
      _lastUpdated: 'ge2026-11-01',
    });
    expect(readFilters({ updated: '03/04/2026' }, TODAY).wrong).toEqual(['updated']);
  });
});

describe('parseRange', () => {
  it.each([
    ['25 Dec 1960', ['1960-12-25']],
    ['1960', ['1960']],
    ['1950 to 1960', ['ge1950', 'le1960']],
    ['between 1950 and Dec 1960', ['ge1950', 'le1960-12']],
    ['1950..1960', ['ge1950', 'le1960']],
    ['May 1960 to 1960', ['ge1960-05', 'le1960']],
    ['1960 to May 1960', ['ge1960', 'le1960-05']],
    ['1950 – 1960', ['ge1950', 'le1960']],
    ['1950-01-02 - 1960-12-25', ['ge1950-01-02', 'le1960-12-25']],
    ['since 1990', ['ge1990']],
    ['before 25-Dec-1960', ['lt1960-12-25']],
    ['1950 bis 1960', ['ge1950', 'le1960']],
    ['zwischen 1950 und 1960', ['ge1950', 'le1960']],
    ['seit 1990', ['ge1990']],
    ['vor 1950', ['lt1950']],
    ['από 1950 έως 1960', ['ge1950', 'le1960']],
    ['πριν 1950', ['lt1950']],
    ['1950 עד 1960', ['ge1950', 'le1960']],
    ['מאז 1990', ['ge1990']],
  ])('reads %s', (text, values) => {
    expect(parseRange(text)).toEqual({ kind: 'values', values });
  });

  it('reports an ambiguous date and refuses text that is not a date or range', () => {
    expect(parseRange('03/04/1960').kind).toBe('ambiguous');
    for (const text of ['x', '1960 to 1950', '03/04/1960 to 1970', '1950 to 1960 to 1970'])
      expect(parseRange(text)).toEqual({ kind: 'wrong' });
  });
});

/** Examples for every language, because the words that users type are in no message catalogue. */
const RANGES: Record<(typeof LANGUAGES)[number], readonly string[]> = {
  en: ['between 1950 and 1960', 'since 1990', 'until 1990', 'before 1990'],
  de: ['von 1950 bis 1960', 'seit 1990', 'bis 1990', 'vor 1990'],
  el: ['από 1950 έως 1960', 'μετά 1990', 'μέχρι 1990', 'πριν 1990'],
  he: ['בין 1950 עד 1960', 'מאז 1990', 'עד 1990', 'לפני 1990'],
};

describe('parseRange in every language', () => {
  it.each(LANGUAGES)('reads ranges in %s', (language) => {
    expect(RANGES[language]?.map(parseRange)).toEqual(
      [['ge1950', 'le1960'], ['ge1990'], ['le1990'], ['lt1990']].map((values) => ({
        kind: 'values',
        values,
      })),
    );
  });
});
