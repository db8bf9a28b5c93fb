import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, expect, test } from 'vitest';
import type { FhirResource } from '#fhir/types.ts';
import type { T } from '../panel.ts';
import { panels } from '../panels.ts';
import { requests } from './requests.tsx';

beforeAll(async () => {
  for (const panel of panels) await panel.load?.();
});

const t: T = (id) => id;
const NOTED = [
  'Condition',
  'MedicationRequest',
  'MedicationStatement',
  'AllergyIntolerance',
  'Observation',
  'Immunization',
  'Procedure',
  'ServiceRequest',
];

test.each(
  [...panels, requests]
    .filter(({ type }) => NOTED.includes(type))
    .map((panel) => [panel.id, panel] as const),
)('%s: the note of a record is shown once in its row', (_, panel) => {
  const resource = {
    resourceType: panel.type,
    id: 'a',
    note: [{ text: 'Biopsy pending' }],
  } as unknown as FhirResource;
  const row: ReactNode = panel.columns.map(({ cell }) => cell(resource, t, () => undefined));
  expect(renderToStaticMarkup(row).match(/Biopsy pending/g)).toHaveLength(1);
});
