import type { Condition } from 'fhir/r4';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, expect, test } from 'vitest';
import { remarkCode } from '#fhir/outcome.ts';
import type { FhirResource, Page, PageUrl, Stored } from '#fhir/types.ts';
import { fingerprint } from '#lib/fingerprint.ts';
import { emptiness, isIncomplete } from './completeness.ts';
import type { Find } from '../panel.ts';
import { panelRows } from './panel-rows.ts';
import { allergies } from '../panels/allergies.tsx';
import { conditions } from '../panels/conditions.tsx';
import { labs } from '../panels/labs.ts';
import { medications } from '../panels/medications.tsx';

const BASE = 'https://fhir.example';
const params = { patient: 'a', _sort: '-recorded-date', _count: 5 };
const condition = (id: string, patient: string): Stored<Condition> => ({
  resourceType: 'Condition',
  id,
  subject: { reference: `Patient/${patient}` },
});
const page = (items: readonly unknown[], self?: string): Page<Condition> => ({
  items: items as Stored<Condition>[],
  included: [],
  next: undefined,
  previous: undefined,
  self,
  total: undefined,
  notices: [],
});

test('records of another patient are counted and not shown, other types are not shown', () => {
  const items = [condition('1', 'a'), condition('2', 'b'), { resourceType: 'Basic', id: '3' }];
  const rows = panelRows(page(items), { panel: conditions, patientId: 'a', params, baseUrl: BASE });
  expect(rows.items.map(({ id }) => id)).toEqual(['1']);
  expect(rows.foreign).toBe(1);
});

test.each([
  ['?patient=a&_sort=-recorded-date&_count=5', false],
  ['?patient=a&_count=5', true],
  ['?ct=abc', false],
  [undefined, false],
])('a response whose self link has the query %s is unsorted: %s', (query, unsorted) => {
  const self = query && `${BASE}/Condition${query}`;
  const rows = panelRows(page([], self), {
    panel: conditions,
    patientId: 'a',
    params,
    baseUrl: BASE,
  });
  expect(rows.unsorted).toBe(unsorted);
});

test('a next link that was followed before ends the panel, which is unknown if it is empty', () => {
  const next = `${BASE}/Condition?ct=b` as PageUrl;
  const read = (...seen: string[]) =>
    panelRows(
      { ...page([]), next },
      {
        panel: conditions,
        patientId: 'a',
        params,
        baseUrl: BASE,
        seen: seen.map(fingerprint),
      },
    );
  const on = read(`${BASE}/Condition?ct=a`);
  expect([on.next, on.notices, emptiness(on)]).toEqual([next, [], 'more']);
  const circle = read(`${BASE}/Condition?ct=a`, next);
  expect(circle.next).toBeUndefined();
  expect(circle.notices.map(remarkCode)).toEqual(['link-loop']);
  expect(emptiness(circle)).toBe('unknown');
});

test('the rows of a panel are sorted by the order that the panel defines', () => {
  const allergy = (id: string, criticality: string) => ({
    resourceType: 'AllergyIntolerance',
    id,
    criticality,
    patient: { reference: 'Patient/a' },
  });
  const items = [allergy('low', 'low'), allergy('high', 'high')];
  const rows = panelRows(page(items), { panel: allergies, patientId: 'a', params, baseUrl: BASE });
  expect(rows.items.map(({ id }) => id)).toEqual(['high', 'low']);
});

beforeAll(() => medications.load?.());

/** Returns the name of a drug as a summary card shows it. */
const called = (item: FhirResource, find: Find): string =>
  renderToStaticMarkup(medications.line(item, (id) => id, find).text)
    .replaceAll(/<svg.*?<\/svg>/g, '')
    .replaceAll(/<[^>]*>/g, '');

test('a drug given by reference without a display has the name of the included Medication', () => {
  const order = (id: string, reference: string, display?: string) => ({
    resourceType: 'MedicationRequest',
    id,
    subject: { reference: 'Patient/a' },
    medicationReference: { reference, ...(display && { display }) },
  });
  const items = [
    order('1', 'Medication/m'),
    order('2', `${BASE}/Medication/m`),
    order('3', 'Medication/m', 'As ordered'),
    order('4', 'Medication/unsent'),
  ];
  const included = [
    { resourceType: 'Medication' as const, id: 'm', code: { text: 'Amoxicillin 250 mg' } },
  ];
  const o = { panel: medications, patientId: 'a', params, baseUrl: BASE };
  const rows = panelRows({ ...page(items), included }, o);
  const names = rows.items.map((item) => called(item, rows.find));
  expect(names).toEqual([
    'Amoxicillin 250 mg',
    'Amoxicillin 250 mg',
    'As ordered',
    'Name not sent (Medication/unsent)',
  ]);
});

test('an included drug is found under the internal URL of its server, not under another server', () => {
  const inside = 'http://fhir-internal:8080/fhir';
  const order = (id: string, reference: string) => ({
    resourceType: 'MedicationRequest',
    id,
    subject: { reference: `${inside}/Patient/a` },
    medicationReference: { reference },
  });
  const elsewhere = 'https://elsewhere.example/Medication/m';
  const items = [order('1', `${inside}/Medication/m`), order('2', elsewhere)];
  const included = [
    { resourceType: 'Medication' as const, id: 'm', code: { text: 'Amoxicillin' } },
  ];
  const o = { panel: medications, patientId: 'a', params, baseUrl: BASE };
  const rows = panelRows({ ...page(items), included }, o);
  const names = rows.items.map((item) => called(item, rows.find));
  expect(names).toEqual(['Amoxicillin', `Name not sent (${elsewhere})`]);
});

test('a result that the server sends for a category is shown unless it has another one', () => {
  const result = (id: string, code?: string) => ({
    resourceType: 'Observation',
    id,
    subject: { reference: 'Patient/a' },
    ...(code && { category: [{ coding: [{ system: 'urn:oid:1.2.3', code }] }] }),
  });
  const items = [
    result('local', 'LAB'),
    result('loud', 'LABORATORY'),
    result('none'),
    result('other', 'vital-signs'),
  ];
  const o = { panel: labs, patientId: 'a', params, baseUrl: BASE };
  const rows = panelRows(page(items), o);
  expect(rows.items.map(({ id }) => id)).toEqual(['local', 'loud', 'none']);
  expect(rows.strayed).toBe(1);
  expect(isIncomplete(rows)).toBe(false);
  expect(emptiness(panelRows(page(items.slice(3)), o))).toBe('unknown');
});

test('records that do not meet the criteria are counted and not shown', () => {
  const o = { panel: conditions, patientId: 'a', params, baseUrl: BASE };
  const items = [condition('1', 'a'), condition('2', 'a'), condition('3', 'b')];
  const rows = panelRows(page(items), { ...o, keep: ({ id }) => id === '1' });
  expect(rows.items.map(({ id }) => id)).toEqual(['1']);
  expect([rows.astray, rows.foreign]).toEqual([1, 1]);
  expect(panelRows(page(items), o).astray).toBe(0);
});
