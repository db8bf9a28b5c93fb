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

/** @param along included resources: those the server sent along and those read for a name */
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

test('the raw JSON holds every record that a row refers to it for, also an included Medication', () => {
  expect(rawRecords(medications, rows(modified))).toEqual([order, modified]);
  // A part of a longer page has raw JSON only where a row points to it.
  expect(table(true, modified)).toContain('see the raw JSON');
  expect(table(true, modified)).toContain('<summary>Raw JSON</summary>');
});

test('the raw JSON leaves out an included Medication that its row shows completely', () => {
  expect(rawRecords(medications, rows(drug))).toEqual([order]);
  expect(table(true, drug)).not.toContain('Raw JSON');
  expect(table(false, drug)).toContain('<summary>Raw JSON</summary>');
});
