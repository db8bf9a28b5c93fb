import { expect, test } from 'vitest';
import { PANEL_IDS } from './panel-ids.ts';
import { panelById, panels } from './panels.ts';

test('each link of the navigation leads to the panel of its name', () => {
  expect(panels.map(({ id, title }) => [id, title])).toEqual(PANEL_IDS.map((id) => [id, id]));
  for (const id of PANEL_IDS) expect(panelById(id)?.id).toBe(id);
  expect(panelById('constructor')).toBeUndefined();
});
