import { describe, expect, test } from 'vitest';
import { isModified } from './modifiers.ts';

const modifier = [{ url: 'https://example.org/not', valueBoolean: true }];

describe('isModified', () => {
  test.each([
    ['of the record itself', { modifierExtension: modifier }],
    ['of a part', { component: [{ code: {} }, { modifierExtension: modifier }] }],
    ['of a dosage', { dosageInstruction: [{ text: '1 x', modifierExtension: modifier }] }],
    ['of the whole record, by rules', { implicitRules: 'https://example.org/rules' }],
    ['of what it contains', { contained: [{ resourceType: 'X', modifierExtension: modifier }] }],
  ])('is true for a modifier %s', (_, fields) => {
    expect(isModified({ resourceType: 'Observation', ...fields })).toBe(true);
  });

  test.each([
    ['nothing', undefined],
    ['a plain record', { resourceType: 'Observation', extension: modifier }],
    ['an empty list', { modifierExtension: [] }],
    ['text of that name', { note: [{ text: 'modifierExtension' }] }],
    [
      'an exposure risk, which is understood',
      {
        modifierExtension: [
          {
            url: 'http://hl7.org/fhir/StructureDefinition/allergyintolerance-substanceExposureRisk',
          },
        ],
      },
    ],
  ])('is false for %s', (_, resource) => {
    expect(isModified(resource)).toBe(false);
  });

  test('is true for a very deeply nested record, without a stack overflow', () => {
    let deep: object = { modifierExtension: modifier };
    for (let i = 0; i < 50_000; i += 1) deep = { a: [deep] };
    expect(isModified(deep)).toBe(true); // parts nested too deeply are not inspected
  });
});
