import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, expect, test } from 'vitest';
import type { FhirResource } from '#fhir/types.ts';
import { say } from '#i18n/language.ts';
import { settings } from '#lib/settings.ts';
import { messages } from '../messages.ts';
import { lineOf } from '../cells/line-of.tsx';
import type { Panel, T } from '../panel.ts';
import { timeline } from '../timeline/timeline-model.ts';
import { panels } from '../panels.ts';
import { allergies } from './allergies.tsx';
import { conditions } from './conditions.tsx';
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

const withNotes = [...panels, requests]
  .filter(({ type }) => NOTED.includes(type))
  .map((panel) => [panel.id, panel] as const);

const noted = (panel: Panel, ...notes: readonly string[]): FhirResource =>
  ({ resourceType: panel.type, id: 'a', note: notes.map((text) => ({ text })) }) as never;

/** Returns the text of a record on the card and the timeline. */
function line(panel: Panel, resource: FhirResource): string {
  const { text, detail } = lineOf(panel, resource, t, () => undefined);
  return renderToStaticMarkup([text, detail]).replaceAll(/<[^>]*>/g, ' ');
}

test.each(withNotes)('%s: the note of a record is shown once in its row', (_, panel) => {
  const resource = noted(panel, 'Biopsy pending');
  const row: ReactNode = panel.columns.map(({ cell }) => cell(resource, t, () => undefined));
  expect(renderToStaticMarkup(row).match(/Biopsy pending/g)).toHaveLength(1);
});

test.each(withNotes)('%s: the note of a record is shown once on its card', (_, panel) => {
  expect(line(panel, noted(panel, 'Biopsy pending')).match(/Biopsy pending/g)).toHaveLength(1);
  expect(line(panel, noted(panel))).not.toContain('note');
});

test('a card shows the first note, cut between words, and how many there are', () => {
  const t: T = (id, values) => say(messages, id, values, settings());
  const shown = (...notes: readonly string[]) =>
    renderToStaticMarkup(
      lineOf(conditions, noted(conditions, ...notes), t, () => undefined).text,
    ).replaceAll(/<[^>]*>/g, ' ');
  expect(shown('Hold', '', 'Stop')).toMatch(/First of 2 notes: +Hold *$/);
  const long = `${'word '.repeat(26)}last until the INR is below 3`;
  expect(shown(long)).toMatch(/Note: +(word )+last until…/);
  expect(shown('😀'.repeat(200)).match(/😀/gu)).toHaveLength(140);
});

test('the timeline shows notes as the cards do', () => {
  const items = [noted(conditions, 'Biopsy pending')];
  const [year] = timeline([{ panel: conditions, items }], t);
  expect(renderToStaticMarkup(year?.entries[0]?.text)).toContain('Biopsy pending');
});

test('the note of a reaction is shown on the card of an allergy', () => {
  const reaction = [{ note: [{ text: 'Do not rechallenge' }] }];
  expect(line(allergies, { ...noted(allergies), reaction } as never)).toContain(
    'Do not rechallenge',
  );
});
