import { expect, test } from 'vitest';
import { messages, type T } from './messages.ts';
import { timingText } from './timing.ts';

const t: T = (id, values) => [id, ...Object.values(values ?? {})].join(' ');
const said = (timing: object): string => {
  const { words, all } = timingText(timing, t);
  return [...words, ...(all ? [] : ['more'])].join('; ');
};
const daily = { frequency: 1, period: 1, periodUnit: 'd' };
const weekly = { frequency: 1, period: 1, periodUnit: 'wk' };

test.each([
  [{ frequency: 2, period: 1, periodUnit: 'd' }, 'daily 2'],
  [{ frequency: 2, period: 1, periodMax: 2, periodUnit: 'd' }, 'every 2 1–2d'],
  [{ period: 8, periodUnit: 'h' }, 'every 1 8hr'],
  [{ frequency: 1, frequencyMax: 2, period: 4, periodMax: 6, periodUnit: 'h' }, 'every 1–2 4–6hr'],
  [weekly, 'weekly 1'],
  [{ frequency: 2, period: 1, periodUnit: 'mo' }, 'monthly 2'],
  [{ ...weekly, dayOfWeek: ['mon'] }, 'weekly 1 (onDays Monday)'],
  [{ ...daily, dayOfWeek: ['mon', 'fri'] }, 'daily 1 (onDays Monday, Friday)'],
  [{ dayOfWeek: ['sun'] }, 'onDays Sunday'],
  [{ ...daily, timeOfDay: ['08:00:00'] }, 'daily 1 (08:00)'],
  // An unknown value is reported as "more", and a dose for some days must not look daily.
  [{ ...daily, dayOfWeek: ['mon', 'payday'] }, 'more'],
  [{ ...daily, timeOfDay: ['early'] }, 'more'],
  [{ ...daily, when: ['EVE'] }, 'daily 1 (when.EVE)'],
  [{ when: ['ACM', 'ACV'], offset: 30 }, 'offset 30min when.ACM, offset 30min when.ACV'],
  [{ when: ['HS'], offset: 0, dayOfWeek: ['mon'] }, 'when.HS, onDays Monday'],
  [{ ...daily, when: ['MORN.early'], timeOfDay: ['08:00:00'] }, 'daily 1 (08:00, when.MORN.early)'],
  [{ ...daily, when: ['HS', 'payday'] }, 'more'],
  // The code does not say whether the offset is before or after.
  [{ ...daily, when: ['CM'], offset: 30 }, 'more'],
  [{ ...daily, when: ['HS'], offset: 'a while' }, 'more'],
  [{ ...daily, offset: 30 }, 'more'],
  [{ frequency: 2, dayOfWeek: ['mon'] }, 'more'],
  [{ frequency: 1, period: 30, periodUnit: 's' }, 'more'],
  // One event is shown without its offset, which is reported as "more".
  [{ when: ['AC', 'MORN'], offset: 30 }, 'offset 30min when.AC, when.MORN; more'],
  [{ ...daily, extension: [{ url: 'https://example.org/x' }] }, 'daily 1; more'],
])('frequency, days and times of a timing are shown as text: %o', (repeat, words) => {
  expect(said({ repeat })).toBe(words);
});

const hour = { duration: 1, durationUnit: 'h' };

// https://hl7.org/fhir/R4/datatypes.html#Timing
test.each([
  [{ ...daily, frequency: 3, count: 9, ...hour }, 'daily 3; lasting 1hr; inAll 9'],
  [{ ...weekly, duration: 30, durationMax: 60, durationUnit: 'min' }, 'weekly 1; lasting 30–60min'],
  [{ count: 1 }, 'inAll 1'],
  [{ count: 3, countMax: 6, when: ['HS'] }, 'when.HS; inAll 3–6'],
  // The frequency is shown although the duration is not understood.
  [{ ...daily, duration: 20, durationUnit: 's' }, 'daily 1; more'],
  [{ ...daily, countMax: 6 }, 'daily 1; more'],
  [{ frequency: 3, count: 9 }, 'inAll 9; more'],
])('duration and count of a timing are shown as text: %o', (repeat, words) => {
  expect(said({ repeat })).toBe(words);
});

test.each([
  [{ boundsDuration: { value: 7, code: 'd' } }, 'for 7d'],
  [{ boundsDuration: { value: 7, unit: 'days', code: 'd' } }, 'for 7 days'],
  [
    { boundsRange: { low: { value: 5, unit: 'days' }, high: { value: 7, unit: 'days' } } },
    'for 5–7 days',
  ],
  [{ boundsPeriod: { start: '2026-01-01' } }, 'from 01-Jan-2026'],
  [{ boundsPeriod: { end: '2026-01-01' } }, 'until 01-Jan-2026'],
  [{ boundsPeriod: { start: '2025-12', end: '2026-01-01' } }, 'Dec-2025 – 01-Jan-2026'],
  [{ boundsPeriod: {} }, 'more'],
])('bounds of a timing are shown as text: %o', (bound, words) => {
  expect(said({ repeat: bound })).toBe(words);
  expect(said({ repeat: { ...daily, ...bound } })).toBe(`daily 1; ${words}`);
  expect(said({ code: { text: 'BID' }, repeat: { ...daily, ...bound } })).toBe(`BID; ${words}`);
});

test('every event code has a text', () => {
  const codes = Object.keys(messages.en).filter((id) => id.startsWith('when.'));
  expect(codes).toHaveLength(26);
  for (const id of codes) expect(said({ repeat: { when: [id.slice(5)] } })).toBe(id);
});

test('the text of a timing code is shown, but never as letters that are misread', () => {
  expect(said({ code: { text: 'BID' }, repeat: { frequency: 2, when: ['HS'] } })).toBe('BID');
  expect(said({ code: { coding: [{ code: 'QD' }] } })).toBe('daily 1');
  expect(said({ code: { text: 'q.o.d.' } })).toBe('every 1 2d');
  expect(said({ code: { text: 'BID' }, repeat: { ...hour, count: 6 } })).toBe(
    'BID; lasting 1hr; inAll 6',
  );
});

// https://hl7.org/fhir/R4/valueset-timing-abbreviation.html
test.each([
  ['BID', 'daily 2'],
  ['TID', 'daily 3'],
  ['QID', 'daily 4'],
  ['QD', 'daily 1'],
  ['QOD', 'every 1 2d'],
  ['Q1H', 'every 1 1hr'],
  ['Q8H', 'every 1 8hr'],
  ['AM', 'daily 1 (when.MORN)'],
  ['PM', 'daily 1 (when.AFT)'],
  ['BED', 'daily 1 (when.HS)'],
  ['WK', 'weekly 1'],
  // "MO" is misread as Monday, and "every 1m" as every minute.
  ['MO', 'monthly 1'],
])('a timing abbreviation without a text is spelled out: %s', (code, words) => {
  const system = 'http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation';
  expect(said({ code: { coding: [{ code }] } })).toBe(words);
  expect(said({ code: { coding: [{ system, code }] } })).toBe(words);
  expect(said({ code: { coding: [{ system, code, display: code }] } })).toBe(words);
});

const snomed = { coding: [{ system: 'http://snomed.info/sct', code: '229799001' }] };

test.each([
  [{ coding: [{ code: 'WK' }] }, weekly, 'weekly 1'],
  [{ coding: [{ code: 'WK' }] }, { ...weekly, dayOfWeek: ['mon'] }, 'weekly 1 (onDays Monday)'],
  [{ coding: [{ code: 'WK' }] }, { dayOfWeek: ['mon'] }, 'weekly 1 (onDays Monday)'],
  [{ coding: [{ code: 'BED' }] }, daily, 'daily 1 (when.HS)'],
  [
    { coding: [{ code: 'BED' }] },
    { ...daily, when: ['HS', 'MORN'] },
    'daily 1 (when.HS, when.MORN)',
  ],
  [{ coding: [{ code: 'AM' }] }, { ...daily, when: ['MORN.early'] }, 'daily 1 (when.MORN.early)'],
  [{ coding: [{ code: 'AM' }] }, { timeOfDay: ['08:00'] }, 'daily 1 (08:00, when.MORN)'],
  [{ coding: [{ code: 'PM' }] }, { timeOfDay: ['20:00'] }, 'daily 1 (20:00, when.AFT)'],
  // "Twice every 12 hours" would double the dose.
  [
    { coding: [{ code: 'BID' }] },
    { period: 12, periodUnit: 'h', timeOfDay: ['08:00'] },
    'every 1 12hr (08:00); more',
  ],
  // If code and structure contradict each other, "more" shows that one alone is not all.
  [{ coding: [{ code: 'BID' }] }, { ...daily, frequency: 3 }, 'daily 3; more'],
  [{ coding: [{ code: 'BED' }] }, { ...daily, when: ['MORN'] }, 'daily 1 (when.MORN); more'],
  [{ coding: [{ code: 'BED' }] }, { when: ['MORN'] }, 'daily 1 (when.MORN); more'],
  [{ coding: [{ code: 'AM' }] }, { timeOfDay: ['20:00'] }, 'daily 1 (20:00, when.MORN); more'],
  [
    { coding: [{ code: 'PM' }] },
    { timeOfDay: ['08:00', '20:00'] },
    'daily 1 (08:00, 20:00, when.AFT); more',
  ],
  [{ coding: [{ code: 'BED' }] }, { timeOfDay: ['08:00'] }, 'daily 1 (08:00, when.HS); more'],
  [{ coding: [{ code: 'BID' }] }, { frequency: 2, period: 1, payday: 1 }, 'daily 2; more'],
  [
    { coding: [{ code: 'WK' }] },
    { boundsPeriod: { end: '2026-01-01' } },
    'weekly 1; until 01-Jan-2026',
  ],
  [snomed, { ...daily, frequency: 2 }, 'daily 2'],
  [snomed, { ...daily, payday: 1 }, 'daily 1; more'],
  [snomed, { frequency: 2 }, 'SNOMED CT 229799001; more'],
  [snomed, {}, 'SNOMED CT 229799001'],
  [{ coding: [{ code: 'MO', system: 'https://example.org/days' }] }, {}, 'MO'],
  [{ coding: [{ code: 'WK' }], text: 'Once a week' }, daily, 'Once a week'],
  [{}, weekly, 'weekly 1'],
])(
  'a timing code without a text does not replace the structured timing: %j %j',
  (code, repeat, words) => {
    expect(said({ code, repeat })).toBe(words);
  },
);

test('the events of a timing are shown as dates', () => {
  expect(said({ event: ['2026-11-02', '2026-11-05'] })).toBe('02-Nov-2026; 05-Nov-2026');
  expect(said({ event: ['2026-11-02', 7] })).toBe('02-Nov-2026; more');
  expect(said({})).toBe('');
});
