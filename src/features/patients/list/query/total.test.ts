import { expect, test } from 'vitest';
import { credibleTotal } from './total.ts';

test.each([
  ['unknown if none was sent', undefined, 20, true, undefined],
  ['unknown if the total is null', null, undefined, false, undefined],
  ['believed if more rows follow', 137, 20, true, 137],
  ['believed if it matches the end of the last page', 137, 137, false, 137],
  ['not believed if it equals the rows so far and a next page exists', 20, 20, true, undefined],
  ['not believed if it is smaller than the rows so far', 20, 40, true, undefined],
  ['not believed on the last page if it is smaller than the rows so far', 20, 37, false, undefined],
  ['believed if it is zero and there are no rows', 0, undefined, false, 0],
])('credibleTotal decides on a total: %s', (_, total, to, hasNext, believed) => {
  expect(credibleTotal(total, to, hasNext)).toBe(believed);
});
