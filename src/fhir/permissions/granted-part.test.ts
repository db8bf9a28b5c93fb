import { expect, test } from 'vitest';
import { grantedPart } from './granted-part.ts';

const CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category';
const vitals = `patient/Observation.rs?category=${CATEGORY}|vital-signs`;
const labs = 'patient/Observation.rs?category=laboratory';

test.each([
  [undefined, []],
  [['launch', 'user_impersonation'], []],
  [['patient/*.rs', vitals], []],
  [['patient/Condition.rs', vitals], ['category vital-signs']],
  [
    [vitals, vitals, labs],
    ['category vital-signs', 'category laboratory'],
  ],
  [['user/*.rs?category=a|x,y&status=final'], ['category x, y status final']],
  // Filters of other actions and other types do not limit this search.
  [[`patient/Observation.c?category=survey`, 'patient/Observation.s'], []],
  [['patient/Condition.rs?category=problem-list-item'], []],
] as const)('with the scopes %j an unfiltered search is limited to %j', (scopes, part) => {
  expect(grantedPart(scopes, 'Observation', 's')).toEqual(part);
});

test.each([
  ['vital-signs', true],
  [`${CATEGORY}|vital-signs`, true],
  ['http://elsewhere.example|vital-signs', false],
  ['laboratory', false],
  ['vital-signs,laboratory', false],
] as const)(
  'a search for the category %s is covered by a vital-signs scope: %s',
  (category, within) => {
    const part = within ? [] : ['category vital-signs'];
    expect(grantedPart([vitals], 'Observation', 's', { category, patient: '1' })).toEqual(part);
  },
);

test('a search is not limited if several scopes together cover it', () => {
  const both = { category: 'vital-signs,laboratory' };
  expect(grantedPart([vitals, labs], 'Observation', 's', both)).toEqual([]);
  const third = { category: 'vital-signs,laboratory,survey' };
  expect(grantedPart([vitals, labs], 'Observation', 's', third)).toHaveLength(2);
  expect(grantedPart([vitals, `${labs}&status=final`], 'Observation', 's', both)).toHaveLength(2);
});
