import { expect, test } from 'vitest';
import { isLikely } from './likely-match.ts';

const match = (...reasons: Parameters<typeof isLikely>[0]['reasons'][number][]) => ({ reasons });

test('the same name with the same birth date, or one sure sign, is likely the same person', () => {
  expect(isLikely(match('same-name', 'same-birth-date'))).toBe(true);
  expect(isLikely(match('identifier'))).toBe(true);
  expect(isLikely({ reasons: ['server'], grade: 'certain' })).toBe(true);
});

test('less than that is not', () => {
  expect(isLikely(match('same-name', 'near-birth-date'))).toBe(false);
  expect(isLikely(match('near-name', 'same-birth-date', 'contact'))).toBe(false);
  expect(isLikely({ reasons: ['server'], grade: 'probable' })).toBe(false);
});
