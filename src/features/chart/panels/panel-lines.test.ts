import { beforeAll, describe, expect, test } from 'vitest';
import { labs } from './labs.ts';
import { shown } from './panel-lines-fixture.ts';
import { reports } from './reports.tsx';

beforeAll(async () => {
  await labs.load?.();
  await reports.load?.();
});

const GERMAN = 'http://fhir.de/StructureDefinition/';
const german = (display: string, side?: string, certainty?: string) => ({
  coding: [
    {
      display,
      extension: [
        { url: `${GERMAN}seitenlokalisation`, valueCoding: { code: side } },
        { url: `${GERMAN}icd-10-gm-diagnosesicherheit`, valueCoding: { code: certainty } },
      ],
    },
  ],
});
const sure = (code: string) => ({ verificationStatus: { coding: [{ code }] } });

describe('the side of the body', () => {
  test.each([
    ['conditions', 'Left breast'],
    ['procedures', 'Left hip'],
    ['vitals', 'Left eye'],
  ] as const)('is shown on the card of %s as in the row', (id, site) => {
    const bodySite = id === 'vitals' ? { text: site } : [{ text: site }];
    const parts = shown(id, { code: { text: 'Something' }, bodySite });
    expect(parts).toMatchObject({ line: `Something, ${site}`, what: `Something | ${site}` });
  });

  test('is shown if only the extension of a German code has it', () => {
    const parts = shown('conditions', { code: german('Schenkelhalsfraktur', 'L') });
    expect(parts).toMatchObject({
      line: 'Schenkelhalsfraktur, left',
      what: 'Schenkelhalsfraktur | left',
    });
    expect(shown('procedures', { code: german('Osteosynthese', 'R') })['line']).toContain('right');
  });
});

describe('the certainty of a German code', () => {
  test.each([
    ['A', {}, 'Refuted'],
    ['A', sure('confirmed'), 'Refuted'],
    ['A', sure('entered-in-error'), 'Entered in error'],
    ['V', {}, 'Unconfirmed'],
    ['V', sure('confirmed'), 'Unconfirmed'],
    ['V', sure('provisional'), 'Provisional'],
    ['Z', { clinicalStatus: { coding: [{ code: 'active' }] } }, 'Active | Status post'],
    ['G', sure('confirmed'), 'Not recorded'],
    [undefined, sure('refuted'), 'Refuted'],
  ])('%s with %j is shown as %s', (letter, status, words) => {
    const parts = shown('conditions', { code: german('Infarkt', undefined, letter), ...status });
    expect(parts).toMatchObject({ status: words, detail: words });
  });
});

describe('a result about another person', () => {
  const hiv = {
    code: { text: 'HIV-1 antibody' },
    category: [{ coding: [{ code: 'laboratory' }] }],
    subject: { reference: 'Patient/newborn' },
    valueString: 'positive',
  };

  test('says so in the row and on the card', () => {
    const parts = shown('labs', { ...hiv, focus: [{ display: 'Her mother' }, {}] });
    const words = 'HIV-1 antibody | About: Her mother, Not Known';
    expect(parts['line']).toBe(words);
    expect(parts['what']).toBe(words);
  });

  test('has no such flag if its focus is the patient', () => {
    expect(shown('labs', { ...hiv, focus: [hiv.subject] })).toMatchObject({
      line: 'HIV-1 antibody',
      what: 'HIV-1 antibody',
    });
  });
});

test('the card of a report shows its conclusion, and its status while it may still change', () => {
  const conclusion = 'Suspicious nodule';
  const line = (fields: object) => shown('reports', { code: { text: 'Chest CT' }, ...fields });
  const coded = { conclusion, conclusionCode: [{ text: 'Nodule of lung' }] };
  expect(line({ status: 'final', ...coded }).detail).toBe('Suspicious nodule | Nodule of lung');
  expect(line({ status: 'preliminary', conclusion }).detail).toBe(`Preliminary | ${conclusion}`);
  expect(line({ status: 'final' }).detail).toBe('');
});

describe.each(['labs', 'reports'] as const)('the time of %s', (id) => {
  const issued = '2026-11-20';

  test.each([
    ['its own', { effectiveDateTime: '2026-03-01', issued }, '01-Mar-2026', '2026-03-01'],
    [
      'all of a period',
      { effectivePeriod: { start: '2026-03-01', end: '2026-03-02' }, issued },
      '01-Mar-2026 – 02-Mar-2026',
      '2026-03-01',
    ],
    ['no other than that of its release', { issued }, 'issued 20-Nov-2026', issued],
    ['one of a timing', { effectiveTiming: { event: ['2019-03'] }, issued }, 'Mar-2019', '2019-03'],
    [
      'several of a timing',
      { effectiveTiming: { event: ['2019-03', '2019-04'] }, issued },
      'Mar-2019, Apr-2019',
      '2019-03',
    ],
    ['not known', {}, 'Not recorded', ''],
  ])('is %s', (_, fields, words, sorted) => {
    expect(shown(id, fields)).toMatchObject({ when: words, date: words, sorted });
  });
});

test.each([
  [[{ doseNumberPositiveInt: 2 }], '2'],
  [[{ doseNumberString: 'booster', seriesDosesString: 'yearly' }], 'booster of yearly'],
  [
    [
      {
        targetDisease: [{ text: 'Tetanus' }, { text: 'Diphtheria' }],
        doseNumberPositiveInt: 3,
        seriesDosesPositiveInt: 3,
      },
      { targetDisease: [{ text: 'Hepatitis B' }], doseNumberPositiveInt: 1 },
    ],
    '3 of 3 (Tetanus, Diphtheria) | 1 (Hepatitis B)',
  ],
  [[{ targetDisease: [{ text: 'Polio' }] }], 'Not recorded'],
  [undefined, 'Not recorded'],
])('a vaccine shows its dose number for each disease: %j', (protocolApplied, dose) => {
  expect(shown('immunizations', { protocolApplied })).toMatchObject({ dose });
});
