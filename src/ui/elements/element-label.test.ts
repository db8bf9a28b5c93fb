import { expect, test } from 'vitest';
import { elementLabels } from './element-label.ts';

const t = (id: string) => id;

test('a value and what is said of it are one element to who reads it', () => {
  expect(elementLabels(['birthDate', '_birthDate', 'gender'], t)).toEqual(['birthDate', 'gender']);
  expect(elementLabels([], t)).toEqual([]);
});
