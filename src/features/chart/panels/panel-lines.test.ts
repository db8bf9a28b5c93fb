import { createElement, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, test } from 'vitest';
import type { FhirResource } from '#fhir/types.ts';
import { say } from '#i18n/language.ts';
import { settings } from '#lib/settings.ts';
import { LineDate } from '../cells/line-date.tsx';
import { messages } from '../messages.ts';
import type { T } from '../panel.ts';
import { conditions } from './conditions.tsx';
import { documents } from './documents.tsx';
import { immunizations } from './immunizations.tsx';
import { labs } from './labs.ts';
import { procedures } from './procedures.tsx';
import { reports } from './reports.tsx';
import { vitals } from './vitals.ts';

const PANELS = { conditions, documents, immunizations, labs, procedures, reports, vitals };

beforeAll(async () => await labs.load?.());

const t: T = (id, values) => say(messages, id, values, settings());

/** The text of a node: its parts apart. */
const text = (node: ReactNode): string =>
  renderToStaticMarkup(node)
    .replace(/<svg.*?<\/svg>/g, '')
    .replace(/<\/div>/g, ' | ')
    .replace(/<[^>]*>/g, '')
    .replace(/( \| )+/g, ' | ')
    .replace(/ \| $/, '');

/** What a card says of a record, and each cell of its row. */
function shown(id: keyof typeof PANELS, fields: object): Readonly<Record<string, string>> {
  const panel = PANELS[id];
  const resource = { resourceType: panel.type, id: 'a', ...fields } as unknown as FhirResource;
  const find = () => undefined;
  const line = panel.line(resource, t, find);
  const cells = panel.columns.map(({ id: column, cell }) => [
    column,
    text(cell(resource, t, find)),
  ]);
  return {
    ...Object.fromEntries(cells),
    line: text(line.text),
    detail: text(line.detail),
    when: text(createElement(LineDate, { of: line })),
    sorted: line.date ?? '',
  };
}

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

describe('a side', () => {
  test.each([
    ['conditions', 'Left breast'],
    ['procedures', 'Left hip'],
    ['vitals', 'Left eye'],
  ] as const)('stands on the card of %s as in the row', (id, site) => {
    const bodySite = id === 'vitals' ? { text: site } : [{ text: site }];
    const parts = shown(id, { code: { text: 'Something' }, bodySite });
    expect(parts).toMatchObject({ line: `Something, ${site}`, what: `Something | ${site}` });
  });

  test('may stand beside the German code only', () => {
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

describe('a result about somebody else', () => {
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

  test('is not what a result about the patient is', () => {
    expect(shown('labs', { ...hiv, focus: [hiv.subject] })).toMatchObject({
      line: 'HIV-1 antibody',
      what: 'HIV-1 antibody',
    });
  });
});

test('a report says what it concludes wherever it stands, and that it may still change', () => {
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

describe('the time of a document', () => {
  const date = '2026-11-23';
  const recorded = 'recorded 23-Nov-2026';
  const period = { start: '2009-08-24', end: '2009-08-26' };
  const content = [{ attachment: {} }, { attachment: { creation: '2009-09-01' } }];

  test.each([
    [
      'of the care that it tells of',
      { context: { period }, content, date },
      '24-Aug-2009 – 26-Aug-2009',
      `24-Aug-2009 – 26-Aug-2009 | ${recorded}`,
      '2009-08-24',
    ],
    [
      'at which the care began',
      { context: { period: { start: '2009-08-24' } } },
      '24-Aug-2009',
      '24-Aug-2009',
      '2009-08-24',
    ],
    [
      'at which the care ended',
      { context: { period: { end: '2009-08-26' } } },
      '– 26-Aug-2009',
      '– 26-Aug-2009',
      '2009-08-26',
    ],
    [
      'at which it was written',
      { content, date },
      '01-Sep-2009',
      `01-Sep-2009 | ${recorded}`,
      '2009-09-01',
    ],
    [
      'at which it was written, on the day on which it was recorded',
      { content, date: '2009-09-01T17:00:00' },
      '01-Sep-2009',
      '01-Sep-2009',
      '2009-09-01',
    ],
    [
      'at which the care ended, where its beginning is unreadable',
      { context: { period: { start: 'abc', end: '2009-08-26' } } },
      'abc – 26-Aug-2009',
      'abc – 26-Aug-2009',
      '2009-08-26',
    ],
    [
      'of its reference, where that of its writing was never set',
      { content: [{ attachment: { creation: '0001-01-01T00:00:00' } }], date },
      recorded,
      recorded,
      date,
    ],
    ['of its reference, which is said', { date }, recorded, recorded, date],
    ['not known', {}, 'Not recorded', 'Not recorded', ''],
    ['not readable', { context: { period: 7 }, content: 'x' }, 'Not recorded', 'Not recorded', ''],
  ])('is that %s', (_, fields, when, cell, sorted) => {
    expect(shown('documents', fields)).toMatchObject({ when, date: cell, sorted });
  });
});

test.each([
  [{ date: '2026-11-23' }, 'Letter | recorded 23-Nov-2026'],
  [{ date: '2009-08-25T17:00:00' }, 'Letter | recorded 25-Aug-2009 17:00'],
  [{ date: '2009-08-24' }, 'Letter'],
  [{}, 'Letter'],
  // Said in the place of its time.
  [{ date: '2026-11-23', context: undefined }, 'Letter'],
])('the card says why a document of years ago is among the newest: %j', (fields, line) => {
  const context = { period: { start: '2009-08-24', end: '2009-08-26' } };
  const parts = shown('documents', { type: { text: 'Letter' }, context, ...fields });
  expect(parts['line']).toBe(line);
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
])('a vaccine against several diseases has a dose number for each: %j', (protocolApplied, dose) => {
  expect(shown('immunizations', { protocolApplied })).toMatchObject({ dose });
});
