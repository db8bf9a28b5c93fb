import { expect, test } from 'vitest';
import type { SearchParams } from '#fhir/types.ts';
import { emptiness } from './panel-query/completeness.ts';
import { PANEL_IDS } from './panel-ids.ts';
import { panelRows } from './panel-query/panel-rows.ts';
import { panelById, panels } from './panels.ts';

test('each link of the navigation leads to the panel of its name', () => {
  expect(panels.map(({ id, title }) => [id, title])).toEqual(PANEL_IDS.map((id) => [id, id]));
  for (const id of PANEL_IDS) expect(panelById(id)?.id).toBe(id);
  expect(panelById('constructor')).toBeUndefined();
});

test('a result of a standard category is shown in its panel only, any other where it was found', () => {
  const coded = (code: string) => ({ coding: [{ code }] });
  // The panels that show a result of a server that ignores the requested category.
  const where = (...category: object[]) =>
    panels
      .filter((panel) => {
        const result = { resourceType: 'Observation', category } as never;
        return panel.belongs(result) && !panel.strays?.(result);
      })
      .map(({ id }) => id);
  const all = ['vitals', 'labs', 'other-results'];
  expect(where()).toEqual(all);
  expect(where({ text: 'Findings' })).toEqual(all);
  expect(where(coded('LAB'))).toEqual(all);
  expect(where(coded('social-history'))).toEqual(['other-results']);
  expect(where(coded('laboratory'))).toEqual(['labs']);
  // A server that searches codes case-sensitively does not find these for their panel.
  expect(where(coded('LABORATORY'))).toEqual(['labs', 'other-results']);
  expect(where(coded('Vital-Signs'))).toEqual(['vitals', 'other-results']);
  expect(where(coded('LABORATORY'), coded('laboratory'))).toEqual(['labs']);
  expect(where(coded('survey'), coded('vital-signs'))).toEqual(['vitals']);
  expect(panels.filter((panel) => panel.type === 'DiagnosticReport')).toHaveLength(1);
});

test('a search by category instead of for all is marked as narrowed and may lack records', () => {
  const panel = panelById('other-results')!;
  const page = { items: [], included: [], notices: [] } as never;
  const rows = (params: SearchParams) =>
    panelRows(page, { panel, patientId: '1', baseUrl: 'https://fhir.example', params });
  expect(rows({ patient: '1' }).narrowed).toBe(false);
  expect(emptiness(rows({ patient: '1', ...panel.instead }))).toBe('unknown');
  expect(panel.instead?.['category']).not.toMatch(/laboratory|vital-signs/);
});
