import type { FhirResource } from '#fhir/types.ts';
import { describe, expect, test } from 'vitest';
import { reasonTexts } from './reasons.ts';

test('coded reasons and referenced reasons are all listed, each once', () => {
  const arthritis = { id: 'a', resourceType: 'Condition', code: { text: 'Osteoarthritis of hip' } };
  const procedure = {
    resourceType: 'Procedure',
    contained: [arthritis],
    reasonCode: [{ text: 'Pain' }],
    reasonReference: [
      { reference: '#a' },
      { reference: 'Condition/1', display: 'Pain' },
      { reference: 'Condition/2', display: 'Fall' },
    ],
  };
  expect(reasonTexts(procedure, 'another')).toEqual(['Pain', 'Osteoarthritis of hip', 'Fall']);
  expect(reasonTexts({ reasonReference: 'wrong' }, 'another')).toEqual([]);
});

test('a reference without a display has the name of its record, or is called another record', () => {
  const of = { reasonReference: [{ reference: 'Condition/1' }, { reference: 'Condition/2' }] };
  expect(reasonTexts(of, 'another')).toEqual(['another']);
  const fracture = { resourceType: 'Condition', code: { text: 'Fracture' } } as FhirResource;
  const find = (reference: unknown) =>
    (reference as { reference: string }).reference === 'Condition/2' ? fracture : undefined;
  expect(reasonTexts(of, 'another', find)).toEqual(['another', 'Fracture']);
});

describe('a reason that cannot be read', () => {
  const url = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
  const withheld = { extension: [{ url, valueCode: 'masked' }] };
  const system = 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor';
  const masked = { coding: [{ system, code: 'MSK', display: 'masked' }] };

  test.each([
    ['by code', { reasonCode: [masked] }],
    ['by an extension', { reasonCode: [withheld] }],
    ['by its reference', { reasonReference: [withheld] }],
  ])('is shown as withheld, %s', (_, of) => {
    expect(reasonTexts(of, 'another')).toEqual(['Withheld']);
  });

  test('is shown as withheld if the loaded record has a withheld code', () => {
    const found = { resourceType: 'Condition', code: withheld } as unknown as FhirResource;
    const of = { reasonReference: [{ reference: 'Condition/1' }] };
    expect(reasonTexts(of, 'another', () => found)).toEqual(['Withheld']);
  });

  test.each([
    ['of another server', 'https://elsewhere.example/Condition/1'],
    ['of nobody knows where', 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0'],
    ['that is not there', '#gone'],
    ['that has no name', '#bare'],
  ])('has the display of its reference, else is called another record: one %s', (_, reference) => {
    const contained = [{ resourceType: 'Condition', id: 'bare' }];
    const of = (display?: string) => ({ contained, reasonReference: [{ reference, display }] });
    expect(reasonTexts(of('Fall'), 'another')).toEqual(['Fall']);
    expect(reasonTexts(of(), 'another')).toEqual(['another']);
  });
});
