import type { AllergyIntolerance } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import { EXPOSURE_RISK } from '#fhir/caveats/modifiers.ts';
import { allergyName, isNegation } from './allergy-record.ts';
import { allergyState } from './allergy-state.ts';

const SNOMED = 'http://snomed.info/sct';

const status = (code: string) => ({ coding: [{ code }] });

describe('an allergy whose code says why it is absent', () => {
  const REASON = 'http://terminology.hl7.org/CodeSystem/data-absent-reason';
  const NULL_FLAVOR = 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor';
  const coded = (system: string, code: string, display?: string, words?: string) => ({
    resourceType: 'AllergyIntolerance' as const,
    patient: { reference: 'Patient/1' },
    code: {
      coding: [{ system, code, ...(display && { display }) }],
      ...(words && { text: words }),
    },
  });
  const unknown = coded(REASON, 'unknown', 'Unknown');

  test.each([
    ['unknown', unknown],
    ['not asked', coded(REASON, 'not-asked')],
    ['declined', coded(REASON, 'asked-declined', 'Asked But Declined')],
    ['no information', coded(NULL_FLAVOR, 'NI', 'no information')],
    ['unknown in other words', coded(NULL_FLAVOR, 'UNK', undefined, 'Unknown')],
    ['of STU3', coded('http://hl7.org/fhir/v3/NullFlavor', 'NASK', 'not asked', 'Not asked')],
    [
      'in place of the whole code',
      {
        ...unknown,
        code: {
          extension: [
            {
              url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason',
              valueCode: 'unknown' as const,
            },
          ],
        },
      },
    ],
  ])('counts as not recorded: %s', (_, record) => {
    expect(allergyState([record], true)).toEqual({ state: 'not-recorded' });
    expect(isNegation(record)).toBe(true);
  });

  const rash = [{ manifestation: [{ text: 'Rash' }] }];
  test.each<[string, AllergyIntolerance, string | undefined]>([
    ['withheld', coded(REASON, 'masked', 'Masked'), undefined],
    ['none of the codes', coded(NULL_FLAVOR, 'OTH', 'other'), undefined],
    ['words beside it', coded(NULL_FLAVOR, 'UNK', 'unknown', 'Shellfish'), 'Shellfish'],
    ['to something unknown', { ...unknown, reaction: rash }, undefined],
    [
      'in the reaction',
      { ...unknown, reaction: [{ ...rash[0]!, substance: { text: 'Nut' } }] },
      'Nut',
    ],
    ['of high risk', { ...unknown, criticality: 'high' }, undefined],
    ['that came back', { ...unknown, lastOccurrence: '2020' }, undefined],
    [
      'not asked, but told',
      { ...coded(SNOMED, '1631000175102', 'Not asked'), reaction: rash },
      undefined,
    ],
    [
      'another code beside it',
      {
        ...unknown,
        code: {
          coding: [...unknown.code.coding, { system: SNOMED, code: '1', display: 'Peanut' }],
        },
      },
      'Peanut',
    ],
  ])('is a real allergy, which is never hidden: %s', (_, record, name) => {
    expect(allergyState([record], true)).toMatchObject({ state: 'known', names: [name] });
  });
});

describe('the exposure risk of one substance', () => {
  const risk = (code: string, element: 'extension' | 'modifierExtension') => ({
    resourceType: 'AllergyIntolerance' as const,
    patient: { reference: 'Patient/1' },
    [element]: [
      {
        url: EXPOSURE_RISK,
        extension: [
          { url: 'substance', valueCodeableConcept: { text: 'Penicillin' } },
          { url: 'exposureRisk', valueCodeableConcept: status(code) },
        ],
      },
    ],
  });

  test.each(['extension', 'modifierExtension'] as const)('is read from %s', (element) => {
    const there = risk('known-reaction-risk', element);
    expect(allergyName(there)).toBe('Penicillin');
    expect(allergyState([there], true)).toMatchObject({ state: 'known', names: ['Penicillin'] });
    const none = risk('no-known-reaction-risk', element);
    expect(isNegation(none)).toBe(true);
    expect(allergyState([none], true)).toEqual({ state: 'not-recorded', statements: [none] });
  });
});
