import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageAt, birthDateProblem, patientAge } from '../patient/age.ts';
import { parseTypedDate } from './date-parse.ts';
import {
  coversDay,
  dayNumber,
  dayRange,
  formatDate,
  formatDateLong,
  formatDateTime,
  parseDate,
  toFhirDate,
} from './dates.ts';

const fhirDate = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2026-11-22'), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10));

describe('dates on screen', () => {
  it.each([
    ['1960-12-25', '25-Dec-1960', '25 December 1960'],
    ['1960-12', 'Dec-1960', 'December 1960'],
    ['1960', '1960', '1960'],
    ['2020-02-29T23:30:00-10:00', '29-Feb-2020', '29 February 2020'],
  ])('show %s in the short and in the long form', (value, short, long) => {
    expect(formatDate(value)).toBe(short);
    expect(formatDateLong(value)).toBe(long);
  });

  it('show an invalid date as it was sent', () => {
    expect(formatDate('2019-02-29')).toBe('2019-02-29');
    expect(formatDate('about 1960')).toBe('about 1960');
    for (const odd of [undefined, null, '', 7, {}, []]) expect(formatDate(odd)).toBeUndefined();
  });

  it('show an instant in local time', () => {
    const at = new Date(2024, 4, 6, 7, 8);
    expect(formatDateTime(at.toISOString())).toBe('06-May-2024 07:08');
    expect(formatDateTime('2024-05')).toBe('May-2024');
  });

  it('can be typed back in both forms', () => {
    fc.assert(
      fc.property(fhirDate, (date) => {
        const d = parseDate(date);
        expect(d && toFhirDate(d)).toBe(date);
        expect(parseTypedDate(formatDate(date) ?? '')).toEqual({ kind: 'date', value: date });
        expect(parseTypedDate(formatDateLong(date) ?? '')).toEqual({ kind: 'date', value: date });
      }),
    );
  });

  it('cover all days of their month or year if they are partial', () => {
    expect(dayRange({ year: 2024, month: 2, day: undefined })).toEqual({
      first: '2024-02-01',
      last: '2024-02-29',
    });
    expect(coversDay({ end: '2024' }, '2024-12-31')).toBe(true);
    expect(coversDay({ end: '2024-11' }, '2024-12-01')).toBe(false);
    expect(coversDay({ start: 'soon' }, '2024-12-01')).toBe(true);
  });
});

describe('age', () => {
  it.each([
    ['1960-12-25', '2026-11-22', '65y'],
    ['1957-05-01', '2026-11-22', '69y'], // 69 and a half years are not rounded to 70
    ['2021-09-10', '2026-11-22', '5y 2m'],
    ['2021-11-22', '2026-11-22', '5y'],
    ['2025-01-20', '2026-11-22', '22m 2d'],
    ['2026-10-24', '2026-11-22', '4w 1d'],
    ['2026-11-22', '2026-11-22', '0d'],
    ['2008-11-22', '2026-11-22', '18y'],
    ['2004-02-29', '2005-02-28', '12m'],
  ])('of a person born %s is on %s: %s', (born, at, value) => {
    expect(ageAt(born, at)).toEqual({ value, approx: false });
  });

  it('is approximate for partial dates', () => {
    expect(ageAt('1960', '2026-11-22')).toEqual({ value: '65y', approx: true });
    expect(ageAt('1960-12', '2026-11-22')).toEqual({ value: '65y', approx: true });
    expect(ageAt('2026', '2026-11-22')).toEqual({ value: '<1y', approx: true });
    expect(ageAt('2021-03', '2026-11-22')).toEqual({ value: '5y 7m', approx: true });
  });

  it('is never more than the completed years', () => {
    fc.assert(
      fc.property(fhirDate, fhirDate, (a, b) => {
        const [born, at] = a < b ? [a, b] : [b, a];
        const age = ageAt(born, at);
        const years = Number(at.slice(0, 4)) - Number(born.slice(0, 4));
        const due = at.slice(5) >= born.slice(5) ? years : years - 1;
        if (due >= 18 && !born.endsWith('02-29')) expect(age?.value).toBe(`${due}y`);
        expect(age?.approx).toBe(false);
      }),
    );
  });

  it('is the age at death of a deceased patient, and undefined if the day is unknown', () => {
    const now = new Date(2026, 10, 22);
    const p = { birthDate: '1940-01-01' };
    expect(patientAge({ ...p, deceasedDateTime: '2000-06-01T10:00:00Z' }, now)).toMatchObject({
      value: '60y',
      atDeath: true,
    });
    expect(patientAge({ ...p, deceasedBoolean: true }, now)).toBeUndefined();
    const url = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
    const withheld = { extension: [{ url, valueCode: 'masked' }] };
    expect(patientAge({ ...p, _deceasedDateTime: withheld }, now)).toBeUndefined();
    expect(patientAge({ ...p, deceasedDateTime: 'not a day' }, now)).toBeUndefined();
    expect(patientAge({ ...p, deceasedBoolean: false }, now)).toMatchObject({ value: '86y' });
  });

  it('is approximate or undefined if the accuracy indicator says that the date is a guess', () => {
    const now = new Date(2026, 10, 22);
    const born = (code: unknown, rest = {}) => {
      const url = 'http://hl7.org.au/fhir/StructureDefinition/date-accuracy-indicator';
      const extension = [{ url, valueCoding: { code } }];
      return patientAge({ birthDate: '2010-06-15', _birthDate: { extension }, ...rest }, now);
    };
    const exact = { value: '16y 5m', approx: false };
    for (const code of ['AAA', 'XYZ', '', undefined]) expect(born(code)).toMatchObject(exact);
    for (const code of ['UAA', 'EAA']) {
      expect(born(code)).toMatchObject({ value: '16y 4m', approx: true });
    }
    for (const code of ['UUA', 'UEA', 'AUA', 'AAE', 'EEE']) {
      expect(born(code)).toMatchObject({ value: '15y', approx: true });
    }
    for (const code of ['UUU', 'AAU']) {
      expect(born(code)).toBeUndefined();
      expect(born(code, { deceasedDateTime: '2020' })).toBeUndefined();
    }
    const died = born('UUA', { deceasedDateTime: '2020-01-01' });
    expect(died).toMatchObject({ value: '9y', approx: true, atDeath: true });
  });

  it('is in minutes or hours for a newborn with a time of birth', () => {
    const born = new Date(2026, 10, 22, 3, 0);
    const patient = {
      birthDate: '2026-11-22',
      _birthDate: {
        extension: [
          {
            url: 'http://hl7.org/fhir/StructureDefinition/patient-birthTime',
            valueDateTime: born.toISOString(),
          },
        ],
      },
    };
    expect(patientAge(patient, new Date(2026, 10, 22, 4, 30))?.value).toBe('90min');
    expect(patientAge(patient, new Date(2026, 10, 22, 23, 30))?.value).toBe('20hr');
    expect(patientAge(patient, new Date(2026, 10, 25, 4, 0))?.value).toBe('3d');
  });

  it('is doubtful by birthDateProblem for a future, implausible or invalid birth date', () => {
    expect(birthDateProblem('2027-01-01', '2026-11-22')).toBe('future');
    expect(birthDateProblem('1860', '2026-11-22')).toBe('implausible');
    expect(birthDateProblem('1960-13', '2026-11-22')).toBe('invalid');
    expect(birthDateProblem('1960', '2026-11-22')).toBeUndefined();
    expect(ageAt('2027', '2026-11-22')).toBeUndefined();
  });

  it('is computed with dayNumber, which counts leap days', () => {
    expect(dayNumber(1970, 1, 1)).toBe(0);
    expect(dayNumber(2000, 3, 1) - dayNumber(2000, 2, 28)).toBe(2);
  });

  it('is computed, and dates are formatted, without an exception for any data', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (a, b) => {
        ageAt(a, b);
        formatDate(a);
        formatDateTime(a);
        coversDay(a, '2024-01-01');
        patientAge(a);
        birthDateProblem(a);
      }),
    );
  });
});

describe('typed dates', () => {
  it.each([
    ['1960-12-25', '1960-12-25'],
    ['1960/12/25', '1960-12-25'],
    ['19601225', '1960-12-25'],
    ['25/12/1960', '1960-12-25'],
    ['12/25/1960', '1960-12-25'],
    ['3.4.1960', '1960-04-03'],
    ['25 Dec 1960', '1960-12-25'],
    ['25-dec-1960', '1960-12-25'],
    ['25th December 1960', '1960-12-25'],
    ['Dec 25, 1960', '1960-12-25'],
    ['Sept 1960', '1960-09'],
    ['12/1960', '1960-12'],
    ['1960', '1960'],
    ['٢٥/١٢/١٩٦٠', '1960-12-25'],
    ['5/5/1960', '1960-05-05'],
    ['25/12/60', '1960-12-25'],
  ])('are read by parseTypedDate: %s', (typed, value) => {
    expect(parseTypedDate(typed, '2026-11-22')).toEqual({ kind: 'date', value });
  });

  it('are ambiguous if day and month, or the century, are not certain', () => {
    expect(parseTypedDate('3/4/1960', '2026-11-22')).toEqual({
      kind: 'ambiguous',
      options: ['1960-04-03', '1960-03-04'],
    });
    expect(parseTypedDate('25/12/20', '2026-11-22')).toEqual({
      kind: 'ambiguous',
      options: ['1920-12-25', '2020-12-25'],
    });
  });

  it.each(['31/02/1960', '2019-02-29', 'Smith', '25 Foo 1960', '13/13/1960', '', '123'])(
    'are undefined if they are not an existing date: %s',
    (typed) => {
      expect(parseTypedDate(typed)).toBeUndefined();
    },
  );

  it('are never read as dates that do not exist', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const found = parseTypedDate(typed);
        const values = !found ? [] : found.kind === 'date' ? [found.value] : found.options;
        for (const value of values) expect(parseDate(value)).toBeDefined();
      }),
    );
  });
});
