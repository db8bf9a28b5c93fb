import type { Patient } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { foundBy } from './found-by.ts';

describe('foundBy', () => {
  const turner: Patient = {
    resourceType: 'Patient',
    name: [
      { use: 'official', family: 'Turner', given: ['Arthur'] },
      { use: 'old', family: 'Smíth' },
      { use: 'old', family: 'Jones' },
      { use: 'nickname', given: ['Archie'] },
    ],
  };

  it.each([
    ['a former name', { name: 'smith' }, ['SMÍTH'], undefined],
    ['the beginning of a former name', { 'family:contains': 'smi' }, ['SMÍTH'], undefined],
    ['one of several words', { name: ['arthur', 'jones'] }, ['JONES'], undefined],
    ['a nickname', { given: 'archie' }, [], 'Archie'],
    ['none for the displayed name', { name: 'turner' }, [], undefined],
    ['none for a search that is not by name', { identifier: 'smith', _count: 20 }, [], undefined],
    ['none without search parameters', {}, [], undefined],
  ])('returns the matching names that are not displayed: %s', (_, params, former, nickname) => {
    expect(foundBy(turner, params)).toEqual({ former, nickname });
  });

  it('returns nothing for a malformed name', () => {
    const broken = { resourceType: 'Patient', name: 5 } as unknown as Patient;
    expect(foundBy(broken, { name: 'x' })).toEqual({ former: [], nickname: undefined });
  });
});
