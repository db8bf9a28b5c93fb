import type { FhirResource } from '#fhir/types.ts';
import { expect, test } from 'vitest';
import { reasonTexts } from './reasons.ts';

test('a reason is a code, or another record: none of them is passed over, none said twice', () => {
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

test('a record without a name is never its address: it is named by itself, or said to be another', () => {
  const of = { reasonReference: [{ reference: 'Condition/1' }, { reference: 'Condition/2' }] };
  expect(reasonTexts(of, 'another')).toEqual(['another']);
  const fracture = { resourceType: 'Condition', code: { text: 'Fracture' } } as FhirResource;
  const find = (reference: unknown) =>
    (reference as { reference: string }).reference === 'Condition/2' ? fracture : undefined;
  expect(reasonTexts(of, 'another', find)).toEqual(['another', 'Fracture']);
});
