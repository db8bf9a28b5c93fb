import { describe, expect, it } from 'vitest';
import { outOfUse } from './out-of-use.ts';

describe('outOfUse on 22 November 2026', () => {
  it.each([
    [{}, undefined],
    [{ use: 'home' }, undefined],
    [{ period: { start: '2026-11-22', end: '2026-11-22' } }, undefined],
    [{ use: 'old' }, 'noLongerInUse'],
    [{ period: { end: '2026-11-21' } }, 'noLongerInUse'],
    [{ period: { start: '2027-01-03' } }, 'notYetInUse'],
    [{ period: { start: '2027-01-03', end: '2028' } }, 'notYetInUse'],
    [{ use: 'old', period: { start: '2027' } }, 'noLongerInUse'],
  ])('returns for %j: %s', (item, said) => {
    expect(outOfUse(item, '2026-11-22')).toBe(said);
  });
});
