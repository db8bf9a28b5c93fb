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
    [
      'the NullFlavor unknown with a text of its own',
      coded(NULL_FLAVOR, 'UNK', undefined, 'Unknown'),
    ],
    [
      'a NullFlavor of the STU3 code system',
      coded('http://hl7.org/fhir/v3/NullFlavor', 'NASK', 'not asked', 'Not asked'),
    ],
    [
      'an extension in place of the code',
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
    ['with the NullFlavor other', coded(NULL_FLAVOR, 'OTH', 'other'), undefined],
    [
      'with a text that names a substance',
      coded(NULL_FLAVOR, 'UNK', 'unknown', 'Shellfish'),
      'Shellfish',
    ],
    ['with a reaction', { ...unknown, reaction: rash }, undefined],
    [
      'with a substance in the reaction',
      { ...unknown, reaction: [{ ...rash[0]!, substance: { text: 'Nut' } }] },
      'Nut',
    ],
    ['with a high criticality', { ...unknown, criticality: 'high' }, undefined],
    ['with a last occurrence', { ...unknown, lastOccurrence: '2020' }, undefined],
    [
      'with a code for not asked and a reaction',
      { ...coded(SNOMED, '1631000175102', 'Not asked'), reaction: rash },
      undefined,
    ],
    [
      'with a second code that names a substance',
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
