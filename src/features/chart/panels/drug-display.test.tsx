import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, expect, test } from 'vitest';
import { sections } from '../encounter/sections.ts';
import type { FhirResource } from '#fhir/types.ts';
import type { Panel, T } from '../panel.ts';
import { panels } from '../panels.ts';
import { timeline } from '../timeline/timeline-model.ts';

const drugs = panels.filter(({ calledBy }) => calledBy !== undefined);

beforeAll(async () => {
  for (const panel of drugs) await panel.load?.();
});

const t: T = (id) => id;
const none = () => undefined;
const words = (node: React.ReactNode): string =>
  renderToStaticMarkup(node)
    .replaceAll(/<[^>]*>/g, ' ')
    .trim();

/** Returns the name of the drug in each place that shows it: table, card and timeline. */
const named = (panel: Panel, resource: FhirResource): readonly string[] => {
  const header = panel.columns.find(({ rowHeader }) => rowHeader);
  const [year] = timeline([{ panel, items: [resource] }], t);
  return [
    header?.cell(resource, t, none),
    panel.line(resource, t, none).text,
    year?.entries[0]?.text,
  ].map(words);
};

test('the drug panels of the chart are also on the encounter page', () => {
  expect(drugs.map(({ type }) => type)).toEqual(['MedicationRequest', 'MedicationStatement']);
  const onEncounter = sections.flatMap((section) => section.panels);
  expect(drugs.filter((panel) => !onEncounter.includes(panel))).toEqual([]);
});

const display = 'Warfarin 5 mg';
const contained = [{ resourceType: 'Medication', id: 'm' }];

test.each<[string, object]>([
  ['cannot be read', { medicationReference: { reference: 'Medication/1', display } }],
  [
    'is elsewhere',
    { medicationReference: { reference: 'https://a.example/Medication/1', display } },
  ],
  ['is not there', { medicationReference: { reference: '#m', display } }],
  [
    'is contained, without a name',
    { contained, medicationReference: { reference: '#m', display } },
  ],
  ['is not referred to', { medicationReference: { display } }],
])('the display of the reference names a drug whose Medication %s', (_, rest) => {
  for (const panel of drugs) {
    const resource = {
      resourceType: panel.type,
      status: 'active',
      ...rest,
    } as unknown as FhirResource;
    expect(named(panel, resource)).toEqual([display, display, display]);
    // The drug has a name, so no Medication is read.
    expect(panel.calledBy?.reference(resource)).toBeUndefined();
  }
});
