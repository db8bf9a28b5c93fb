import { expect, test } from 'vitest';
import { credibleTotal } from './total.ts';

test.each([
  ['none was sent', undefined, 20, true, undefined],
  ['not counted', null, undefined, false, undefined],
  ['of more than one page', 137, 20, true, 137],
  ['of the last page', 137, 137, false, 137],
  ['of the page, though there is a next one', 20, 20, true, undefined],
  ['of fewer than stand there already', 20, 40, true, undefined],
  ['of fewer on the last page', 20, 37, false, undefined],
  ['of nobody', 0, undefined, false, 0],
])('credibleTotal decides on a total: %s', (_, total, to, hasNext, believed) => {
  expect(credibleTotal(total, to, hasNext)).toBe(believed);
});
