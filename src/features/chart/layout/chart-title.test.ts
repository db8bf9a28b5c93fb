import { expect, test } from 'vitest';
import { chartTitle } from './chart-title.ts';

test.each([
  ['/patients/p1', undefined],
  ['/patients/p1/', undefined],
  ['/patients/p1/labs', { name: 'labs' }],
  ['/patients/p1/timeline', { name: 'timeline' }],
  ['/patients/p1/edit', { name: 'edit' }],
  ['/patients/p1/history', { name: 'history' }],
  ['/patients/p1/history/2', { name: 'version', version: '2' }],
  // The title has neither the type of the encounter nor its id, which may contain patient data.
  ['/patients/p1/encounters/e-7', { name: 'encounter' }],
  ['/patients/history', undefined],
  ['/patients/p1/no-such-panel', undefined],
])('the title for the address %s', (path, title) => {
  expect(chartTitle(path)).toEqual(title);
});
