import { expect, test } from 'vitest';
import { PANEL_IDS } from './panel-ids.ts';
import { panelById, panels } from './panels.ts';

test('each link of the navigation leads to the panel of its name', () => {
  expect(panels.map(({ id, title }) => [id, title])).toEqual(PANEL_IDS.map((id) => [id, id]));
  for (const id of PANEL_IDS) expect(panelById(id)?.id).toBe(id);
  expect(panelById('constructor')).toBeUndefined();
});

test('a result of any category, or of none, stands in one panel and no other', () => {
  const coded = (code: string) => ({ coding: [{ code }] });
  const where = (...category: object[]) =>
    panels
      .filter(({ belongs }) => belongs({ resourceType: 'Observation', category } as never))
      .map(({ id }) => id);
  expect(where()).toEqual(['other-results']);
  expect(where(coded('social-history'))).toEqual(['other-results']);
  expect(where({ text: 'Findings' })).toEqual(['other-results']);
  expect(where(coded('laboratory'))).toEqual(['labs']);
  expect(where(coded('survey'), coded('vital-signs'))).toEqual(['vitals']);
  expect(panels.filter((panel) => panel.type === 'DiagnosticReport')).toHaveLength(1);
});
