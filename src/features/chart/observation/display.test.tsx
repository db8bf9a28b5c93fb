import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, expect, test } from 'vitest';
import { formatDate, today } from '#fhir/dates/dates.ts';
import type { FhirResource } from '#fhir/types.ts';
import { say } from '#i18n/language.ts';
import { settings } from '#lib/settings.ts';
import { messages } from '../messages.ts';
import { panelRows } from '../panel-query/panel-rows.ts';
import type { T } from '../panel.ts';
import { labs } from '../panels/labs.ts';
import { timeline } from '../timeline/timeline-model.ts';
import { Trends } from '../trend/trends.tsx';
import { category } from './display.tsx';

beforeAll(async () => await labs.load?.());

const t: T = (id, values) => say(messages, id, values, settings());
const words = (node: ReactNode): string =>
  renderToStaticMarkup(node)
    .replace(/<svg.*?<\/svg>/g, '')
    .replace(/<\/(?:div|p)>/g, ' | ')
    .replace(/<[^>]*>/g, '')
    .replace(/( \| )+/g, ' | ')
    .replace(/ \| $/, '');

const observation = (id: string, text: string, rest: object = {}): FhirResource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  category: [{ coding: [{ code: 'laboratory' }] }],
  subject: { reference: 'Patient/m' },
  effectiveDateTime: '2016-08-18',
  code: { text },
  ...rest,
});

/** Returns a page as the panel reads it, with the texts of its rows. */
function answer(...items: readonly FhirResource[]) {
  const baseUrl = 'https://fhir.example';
  const params = { patient: 'm' };
  const page = panelRows(
    { items, included: [], notices: [], next: undefined, previous: undefined } as never,
    { panel: labs, patientId: 'm', params, baseUrl },
  );
  const cell = (column: string) =>
    page.items.map((item) =>
      words(labs.columns.find(({ id }) => id === column)?.cell(item, t, page.find, page.came)),
    );
  return { page, what: cell('what'), value: cell('value') };
}

// HL7's Bundle-lri-example, hl7.fhir.r4.examples, with one of its results resistant.
const mic = (id: string, value: number, code: string) =>
  observation(id, 'Ciprofloxacin MIC', {
    valueQuantity: { value, unit: 'ug/mL' },
    interpretation: [{ coding: [{ code }] }],
  });
const germ = (id: string, text: string, ...members: readonly object[]) =>
  observation(id, 'Sputum culture', { valueCodeableConcept: { text }, hasMember: members });
const lri = [
  mic('org2-cip', 0.05, 'S'),
  mic('org3-cip', 8, 'R'),
  germ('organism2', 'Klebsiella', { reference: 'https://fhir.example/Observation/org2-cip' }),
  germ(
    'organism3',
    'Staph. aureus',
    { reference: 'Observation/org3-cip' },
    { reference: 'Observation/growth', display: 'Heavy growth' },
  ),
];

test('a susceptibility result names the germ that it belongs to, in the table and in a line', () => {
  const { page, what, value } = answer(...lri);
  expect(what.slice(0, 2)).toEqual([
    'Ciprofloxacin MIC | Part of: Sputum culture: Klebsiella',
    'Ciprofloxacin MIC | Part of: Sputum culture: Staph. aureus',
  ]);
  expect(value.slice(2)).toEqual([
    'Klebsiella | Results: Ciprofloxacin MIC',
    'Staph. aureus | Results: Ciprofloxacin MIC, Heavy growth',
  ]);
  const [year] = timeline([{ panel: labs, ...page }], t);
  expect(words(year?.entries[1]?.text)).toBe(what[1]);
  // A panel that only groups results takes no room on a card.
  const hasMember = [{ reference: 'Observation/na' }];
  const panel = answer(observation('na', 'Sodium'), observation('p', 'Chemistry', { hasMember }));
  expect(panel.what[0]).toBe('Sodium | Part of: Chemistry');
  const [sodium] = panel.page.items;
  expect(words(labs.line(sodium!, t, panel.page.find, panel.page.came).text)).toBe('Sodium');
  const newest = labs.each?.(page.items, 10, page.find, page.came);
  expect(newest?.shown).toHaveLength(4);
});

test('a result says that it is part of or derived from a result on another page', () => {
  expect(answer(lri[1]!).what).toEqual(['Ciprofloxacin MIC | Part of: another result']);
  const derivedFrom = [{ reference: 'Observation/elsewhere', display: 'Klebsiella' }];
  expect(answer(observation('a', 'Ciprofloxacin', { derivedFrom })).what).toEqual([
    'Ciprofloxacin | Derived from: Klebsiella',
  ]);
});

test('a grouping panel says where its results are, not that it has no value', () => {
  const hasMember = [{ reference: 'Observation/a' }, { reference: 'Observation/b' }];
  const panel = observation('cbc', 'Blood count', { hasMember });
  const group = '2 results, each a record of its own';
  expect(answer(panel).value).toEqual([group]);
  expect(words(labs.line(panel, t, () => undefined).detail)).toBe(group);
  expect(answer(observation('x', 'Sodium')).value).toEqual(['No value']);
});

test('the name of a result has its sample and method, once each', () => {
  const glucose = observation('g', 'Glucose', {
    specimen: { reference: 'Specimen/1', display: 'Cord blood' },
    method: { text: 'Point of care' },
  });
  expect(answer(glucose).what).toEqual(['Glucose | Cord blood | Point of care']);
  expect(words(labs.line(glucose, t, () => undefined).text)).toBe(
    'Glucose, Cord blood, Point of care',
  );
  const contained = [{ resourceType: 'Specimen', id: 's', type: { text: 'Urine' } }];
  const urine = observation('u', 'Urine', { contained, specimen: { reference: '#s' } });
  expect(answer(urine).what).toEqual(['Urine']);
  expect(
    answer(observation('n', 'Sodium', { specimen: { reference: 'Specimen/9' } })).what,
  ).toEqual(['Sodium']);
});

test('a trend gives the lowest and highest values of each of its lines', () => {
  const part = (text: string, value: number) => ({
    code: { text },
    valueQuantity: { value, unit: 'mmHg' },
  });
  const pressures = [1, 2, 3].map((day) =>
    observation(`bp${day}`, 'Blood pressure', {
      effectiveDateTime: `2026-01-0${day}`,
      component: [part('Systolic', 120 + day), part('Diastolic', 80 - day)],
    }),
  );
  const shown = words(<Trends page={answer(...pressures).page} newest />);
  expect(shown).toContain('Systolic: lowest 121, highest 123');
  expect(shown).toContain('Diastolic: lowest 77, highest 79');
  expect(shown).not.toMatch(/\d–\d/);
});

test('a newest result that a trend cannot draw replaces the last drawn number', () => {
  const troponin = (day: number, valueQuantity: object) =>
    observation(`t${day}`, 'Troponin', { effectiveDateTime: `2026-01-0${day}`, valueQuantity });
  const numbers = [12, 15, 14].map((value, n) => troponin(n + 1, { value, unit: 'ng/L' }));
  const drawn = (...all: readonly FhirResource[]) =>
    renderToStaticMarkup(<Trends page={answer(...all).page} newest />);
  expect(drawn(...numbers)).toContain('<strong>14 ng/L</strong>');
  expect(drawn(...numbers)).toContain('the last 14 ng/L');
  const newest = troponin(4, { value: 50_000, unit: 'ng/L', comparator: '>' });
  const shown = drawn(...numbers, newest);
  expect(shown).not.toContain('14 ng/L</strong>');
  expect(shown).not.toContain('the last');
  expect(shown).toContain('between 12 ng/L and 15 ng/L.');
  expect(shown).toContain('The result of 04-Jan-2026 is not in this figure: see the table.');
  expect(shown).toContain('&gt; 50000 ng/L');
  // A modifier extension makes the meaning of the value unknown.
  const modifierExtension = [{ url: 'https://example.org/not' }];
  expect(drawn(...numbers, { ...newest, modifierExtension } as FhirResource)).not.toContain(
    '50000',
  );
});

test('a trend names a newer result that may be of the same test under another name', () => {
  const weight = (day: number, text: string) =>
    observation(`w${day}`, text, {
      code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }], text },
      effectiveDateTime: `2026-01-0${day}`,
      valueQuantity: { value: 70 + day, unit: 'kg' },
    });
  const all = [1, 2, 3].map((day) => weight(day, 'Weight, measured'));
  expect(
    words(<Trends page={answer(...all, weight(4, 'Weight, stated')).page} newest />),
  ).toContain(
    'The result of 04-Jan-2026 is not in this figure: see the table.Weight, stated: 74 kg',
  );
});

test('a trend shows the same local days as the table', () => {
  // In every time zone east of UTC-12 these instants are on the next day.
  const dates = ['2026-05-01', '2026-05-02', '2026-05-03'].map((day) => `${day}T23:30:00-12:00`);
  const all = dates.map((effectiveDateTime, n) =>
    observation(`k${n}`, 'Potassium', {
      effectiveDateTime,
      valueQuantity: { value: 4, unit: 'mmol/L' },
    }),
  );
  const [from, , to] = dates.map((date) => formatDate(today(new Date(date))));
  const shown = renderToStaticMarkup(<Trends page={answer(...all).page} newest />);
  expect(shown).toContain(`from ${from} to ${to}`);
  expect(shown).toContain(`<bdi>${from}</bdi><bdi>${to}</bdi>`);
});

test('a category with only a code is shown with its code system', () => {
  const coding = [{ system: 'http://snomed.info/sct', code: '108252007' }];
  expect(words(category({ category: [{ coding }] } as never))).toBe('SNOMED CT 108252007');
});
