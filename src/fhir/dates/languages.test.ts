import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { fetchTexts } from '#i18n/language.ts';
import { changeSettings, LANGUAGES } from '#lib/settings.ts';
import { ageAt } from '../patient/age.ts';
import { parseTypedDate } from './date-parse.ts';
import { formatDate, formatDateLong } from './dates.ts';
import { identifiers } from '../patient/patient.ts';
import { formatPeriod } from '../values/values.ts';

const DAYS = Array.from(
  { length: 12 },
  (_, i) => `19${50 + i}-${String(i + 1).padStart(2, '0')}-07`,
);

beforeAll(() => {
  vi.stubGlobal('document', { documentElement: { dataset: {} } });
  vi.stubGlobal('navigator', { languages: [] });
  vi.stubGlobal('matchMedia', () => ({ matches: false }));
});

afterAll(() => {
  vi.unstubAllGlobals();
});

describe.each(LANGUAGES)('in %s', (language) => {
  beforeAll(async () => {
    await fetchTexts(language, false);
    changeSettings({ language, dates: undefined });
  });

  it('dates have day, month and year in this order, in ASCII digits, and can be typed back', () => {
    for (const day of DAYS) {
      expect(formatDate(day)).toMatch(/^07-\p{L}{3,4}-19\d\d$/u);
      expect(formatDate(day.slice(0, 7))).toMatch(/^\p{L}{3,4}-19\d\d$/u);
      for (const shown of [formatDate(day), formatDateLong(day)]) {
        expect(parseTypedDate(shown ?? ''), shown).toEqual({ kind: 'date', value: day });
      }
    }
  });

  it('dates are in the long form if that is the setting', () => {
    changeSettings({ dates: 'long' });
    expect(formatDate('1945-07-14')).toBe(formatDateLong('1945-07-14'));
    expect(formatDate('1945-07-14')).toMatch(/^14\.? \p{L}{4,} 1945$/u);
    const [start, end] = ['2020-08-24T15:00:00', '2021-05-24T15:25:00'];
    const period = formatPeriod({ start, end });
    expect(period).toContain(formatDateLong(start));
    expect(period).toContain(formatDateLong(end));
    changeSettings({ dates: undefined });
  });

  it('an identifier type is translated, unless it has a text', () => {
    const system = 'http://terminology.hl7.org/CodeSystem/v2-0203';
    const coding = [{ system, code: 'DL', display: "Driver's license number" }];
    const typeOf = (type: unknown) => identifiers({ identifier: [{ value: '1', type }] })[0]?.type;
    if (language === 'en') expect(typeOf({ coding })).toBe("Driver's license number");
    else expect(typeOf({ coding })).not.toMatch(/[dD]river/);
    expect(typeOf({ coding, text: 'Garage card' })).toBe('Garage card');
  });

  it('ages and identifier types without a display are in the language of the page', () => {
    const words = [
      ageAt('1960-01-01', '2020-01-01')?.value,
      ageAt('2015-01-01', '2020-03-01')?.value,
      identifiers({ identifier: [{ value: '1', type: { coding: [{ code: 'MR' }] } }] })[0]?.type,
    ];
    if (language === 'en') expect(words).toEqual(['60y', '5y 2m', 'Medical record number']);
    else {
      expect(words[0]).toMatch(/^60\P{N}+$/u);
      expect(words[1]).toMatch(/^5\P{N}+2\P{N}+$/u);
      expect(words[2]).not.toMatch(/Medical|^MR$/);
    }
  });
});
