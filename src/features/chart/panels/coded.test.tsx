import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, expect, test } from 'vitest';
import type { FhirResource } from '#fhir/types.ts';
import { messages } from '../messages.ts';
import { say } from '#i18n/language.ts';
import type { T } from '../panel.ts';
import { panels } from '../panels.ts';

beforeAll(async () => {
  for (const panel of panels) await panel.load?.();
});

const t: T = (id, values) => say(messages, id, values);
const words = (node: React.ReactNode): string =>
  renderToStaticMarkup(node).replaceAll(/<[^>]*>/g, ' ');

const snomed = (code: string) => ({ coding: [{ system: 'http://snomed.info/sct', code }] });

// Elements that name a record of each panel, and its other coded elements.
const OF: Readonly<Record<string, object>> = {
  conditions: { code: snomed('22298006'), bodySite: [snomed('80891009')] },
  medications: { medicationCodeableConcept: snomed('387517004') },
  'medication-statements': { medicationCodeableConcept: snomed('387517004') },
  allergies: { code: snomed('91936005') },
  vitals: { code: snomed('271649006') },
  labs: { code: snomed('104177005'), valueCodeableConcept: snomed('260385009') },
  'other-results': { code: snomed('365981007') },
  immunizations: { vaccineCode: snomed('1119349007') },
  procedures: { code: snomed('52734007') },
  documents: { type: snomed('371525003') },
  reports: { code: snomed('371525003') },
};

const masked = {
  extension: [
    {
      url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason',
      valueCode: 'masked',
    },
  ],
};

// Allergies are tested in `allergies.test.ts`.
test.each(
  [
    ['conditions', 'code'],
    ['procedures', 'code'],
    ['vitals', 'code'],
    ['reports', 'code'],
    ['immunizations', 'vaccineCode'],
    ['medications', 'medicationCodeableConcept'],
    ['medication-statements', 'medicationCodeableConcept'],
    ['documents', 'type'],
  ].map(([id, element]) => [id, element!] as const),
)('a withheld name is not shown as "not recorded": %s', (id, element) => {
  const panel = panels.find((each) => each.id === id)!;
  const resource = { resourceType: panel.type, [element]: masked } as unknown as FhirResource;
  const find = () => undefined;
  const header = panel.columns.find(({ rowHeader }) => rowHeader)?.cell(resource, t, find);
  for (const shown of [words(panel.line(resource, t, find).text), words(header)]) {
    expect(shown.trim()).toBe('Withheld');
  }
});

test('a reason beside a code of another system is not what a record is called', () => {
  const system = 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor';
  const code = {
    coding: [
      { system, code: 'OTH', display: 'other' },
      { system: 'http://loinc.org', code: '2823-3', display: 'Potassium' },
    ],
  };
  const find = () => undefined;
  for (const id of ['labs', 'conditions']) {
    const panel = panels.find((each) => each.id === id)!;
    const resource = { resourceType: panel.type, code } as unknown as FhirResource;
    expect(words(panel.line(resource, t, find).text).trim()).toBe('Potassium');
  }
});

test('an absent result is shown with a translated reason', () => {
  const panel = panels.find(({ id }) => id === 'labs')!;
  const system = 'http://terminology.hl7.org/CodeSystem/data-absent-reason';
  const reason = { coding: [{ system, code: 'masked', display: 'Masked' }] };
  for (const element of ['valueCodeableConcept', 'dataAbsentReason']) {
    const lab = { resourceType: panel.type, [element]: reason } as unknown as FhirResource;
    expect(words(panel.line(lab, t, () => undefined).detail)).toContain('Withheld');
  }
});

test('every panel but encounters has a case here', () => {
  expect(panels.map(({ id }) => id).filter((id) => !(id in OF))).toEqual(['encounters']);
});

// Encounters are links; their texts are tested in `shown-encounter.test.ts`.
test.each(panels.filter(({ id }) => id in OF).map((panel) => [panel.id, panel] as const))(
  'a code without a text is never shown as a bare number: %s',
  (id, panel) => {
    const resource = { resourceType: panel.type, ...OF[id] } as unknown as FhirResource;
    const find = () => undefined;
    const line = panel.line(resource, t, find);
    const header = panel.columns.find(({ rowHeader }) => rowHeader)?.cell(resource, t, find);
    for (const shown of [words(line.text), words(header)]) {
      expect(shown).toContain('SNOMED CT ');
      expect(shown.replaceAll(/SNOMED CT \d+/g, '')).not.toMatch(/\d/);
    }
    if (id === 'labs') expect(words(line.detail)).toContain('SNOMED CT 260385009');
  },
);
