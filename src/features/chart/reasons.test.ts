import { expect, test } from 'vitest';
import { reasonTexts } from './reasons.ts';

test('a reason is a code, or another record: none of them is passed over, none said twice', () => {
  const arthritis = { id: 'a', resourceType: 'Condition', code: { text: 'Osteoarthritis of hip' } };
  expect(
    reasonTexts({
      resourceType: 'Procedure',
      contained: [arthritis],
      reasonCode: [{ text: 'Pain' }],
      reasonReference: [
        { reference: '#a' },
        { reference: 'Condition/1', display: 'Pain' },
        { reference: 'Condition/2', display: 'Fall' },
      ],
    }),
  ).toEqual(['Pain', 'Osteoarthritis of hip', 'Fall']);
  expect(reasonTexts({ reasonReference: 'wrong' })).toEqual([]);
});
