import { expect, test } from 'vitest';
import { isLikely } from './likely-match.ts';

const match = (...reasons: Parameters<typeof isLikely>[0]['reasons'][number][]) => ({ reasons });

test('isLikely is true for the same name and birth date, or for one sure reason', () => {
  expect(isLikely(match('same-name', 'same-birth-date'))).toBe(true);
  expect(isLikely(match('identifier'))).toBe(true);
  expect(isLikely({ reasons: ['server'], grade: 'certain' })).toBe(true);
});

test('isLikely is false for weaker reasons', () => {
  expect(isLikely(match('same-name', 'near-birth-date'))).toBe(false);
  expect(isLikely(match('near-name', 'same-birth-date', 'contact'))).toBe(false);
  expect(isLikely({ reasons: ['server'], grade: 'probable' })).toBe(false);
});
