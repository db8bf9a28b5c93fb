import { expect, test } from 'vitest';
import { namesAnotherCategory, namesCategory } from './observation-category.ts';

const of = (...codes: readonly unknown[]) => ({
  category: codes.map((code) => ({ coding: [{ code }] })),
});

test.each([
  [of('laboratory'), true, false],
  [of('LABORATORY'), false, false],
  [of('exam', 'laboratory'), true, false],
  [of('vital-signs'), false, true],
  [of('LAB', 'Vital-Signs'), false, true],
  [of('LAB'), false, false],
  [of(), false, false],
  [{ category: { text: 'Laboratory' } }, false, false],
  [of(7, undefined), false, false],
  [undefined, false, false],
])('%j names the category laboratory: %s, only other ones: %s', (observation, names, another) => {
  expect(namesCategory(observation, 'laboratory')).toBe(names);
  expect(namesAnotherCategory(observation, 'laboratory')).toBe(another);
});
