import type { Medication, MedicationRequest } from 'fhir/r4';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, expect, test } from 'vitest';
import type { FhirResource, Page } from '#fhir/types.ts';
import { panelRows } from '../panel-query/panel-rows.ts';
import { medications } from '../panels/medications.tsx';
import { PanelTable } from './panel-table.tsx';
import { rawRecords } from './raw-records.ts';

beforeAll(async () => await medications.load?.());

const order: MedicationRequest = {
  resourceType: 'MedicationRequest',
  id: 'o',
  status: 'active',
  intent: 'order',
  subject: { reference: 'Patient/a' },
  medicationReference: { reference: 'Medication/m' },
};
const drug: Medication = { resourceType: 'Medication', id: 'm', code: { text: 'Warfarin' } };
const modified: Medication = {
  ...drug,
  modifierExtension: [{ url: 'https://example.org/not', valueBoolean: true }],
};

/** @param along also what was read for its name is in `included` */
const rows = (...along: readonly FhirResource[]) =>
  panelRows({ items: [order], included: along, notices: [] } as unknown as Page<FhirResource>, {
    panel: medications,
    patientId: 'a',
    params: { patient: 'a' },
    baseUrl: 'https://fhir.example',
  });
const table = (part: boolean, ...along: readonly FhirResource[]): string =>
  renderToStaticMarkup(
    <PanelTable
      panel={medications}
      page={rows(...along)}
      unsorted={false}
      part={part}
      first
      results={undefined}
    />,
  );

test('what a row says is in the raw JSON is there, also of a drug that came along', () => {
  expect(rawRecords(medications, rows(modified))).toEqual([order, modified]);
  // A part of a longer page has raw JSON only where a row points to it.
  expect(table(true, modified)).toContain('see the raw JSON');
  expect(table(true, modified)).toContain('<summary>Raw JSON</summary>');
});

test('what came along and says it all in its row is left out', () => {
  expect(rawRecords(medications, rows(drug))).toEqual([order]);
  expect(table(true, drug)).not.toContain('Raw JSON');
  expect(table(false, drug)).toContain('<summary>Raw JSON</summary>');
});
