import type { AllergyIntolerance } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import { allergyState } from './allergy-state.ts';

const SNOMED = 'http://snomed.info/sct';

const allergy = (code: string, display: string, o: Partial<AllergyIntolerance> = {}) =>
  ({
    resourceType: 'AllergyIntolerance',
    patient: { reference: 'Patient/1' },
    code: { coding: [{ system: SNOMED, code, display }] },
    ...o,
  }) satisfies AllergyIntolerance;
const status = (code: string) => ({ coding: [{ code }] });

describe('the four allergy states', () => {
  const none = allergy('716186003', 'No known allergy');
  const peanut = allergy('91935009', 'Allergy to peanut');

  test('nothing recorded is not the same as no allergies', () => {
    expect(allergyState([], true)).toEqual({ state: 'not-recorded' });
    expect(allergyState([none], true)).toEqual({ state: 'none-known' });
  });

  test('an allergy outweighs a record that there is none', () => {
    expect(allergyState([none, peanut], true)).toEqual({
      state: 'known',
      names: ['Allergy to peanut'],
      more: 0,
    });
  });

  test('withdrawn, refuted and resolved records do not count', () => {
    const gone = [
      { ...peanut, verificationStatus: status('entered-in-error') },
      { ...peanut, verificationStatus: status('refuted') },
      { ...peanut, clinicalStatus: status('resolved') },
    ];
    expect(allergyState(gone, true)).toEqual({ state: 'not-recorded' });
    const denied = { ...none, verificationStatus: status('entered-in-error') };
    expect(allergyState([denied], true)).toEqual({ state: 'not-recorded' });
  });

  test('no known drug allergy does not say that there is none at all', () => {
    expect(allergyState([allergy('409137002', 'No known drug allergy')], true)).toEqual({
      state: 'not-recorded',
    });
  });

  test('an unfinished answer proves no absence', () => {
    expect(allergyState([], false)).toEqual({ state: 'unavailable' });
    expect(allergyState([peanut], false).state).toBe('known');
  });

  test('a high risk comes first', () => {
    const latex = { ...allergy('1003755004', 'Latex'), criticality: 'high' as const };
    const state = allergyState([peanut, latex], true);
    expect(state.state === 'known' && state.names).toEqual(['Latex', 'Allergy to peanut']);
  });
});
