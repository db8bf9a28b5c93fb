import { expect, test } from 'vitest';
import { elementLabels } from './element-label.ts';

const t = (id: string) => id;

test('elementLabels returns one label for a primitive and its extensions', () => {
  expect(elementLabels(['birthDate', '_birthDate', 'gender'], t)).toEqual(['birthDate', 'gender']);
  expect(elementLabels([], t)).toEqual([]);
});
