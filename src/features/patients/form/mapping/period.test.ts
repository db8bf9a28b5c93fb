import { describe, expect, test } from 'vitest';
import { periodText } from './period-text.ts';
import { periodProblem } from './period.ts';

describe('a period as it is typed', () => {
  test('in order, partial or open: nothing wrong', () => {
    expect(periodProblem({ start: '', end: '' })).toBeUndefined();
    expect(periodProblem({ start: '2001', end: '5 Mar 2001' })).toBeUndefined();
    expect(periodProblem({ start: '5 Mar 2001', end: '2001' })).toBeUndefined();
    expect(periodProblem({ start: '5 Mar 2001', end: '' })).toBeUndefined();
  });

  test('the end before the start, a date with two meanings, no date', () => {
    expect(periodProblem({ start: '2001', end: '2000' })?.id).toBe('periodOrder');
    expect(periodProblem({ start: '03/04/2001', end: '' })).toEqual({
      end: 'start',
      id: 'badDate',
    });
    expect(periodProblem({ start: '', end: 'soon' })).toEqual({ end: 'end', id: 'badDate' });
  });

  test('recorded dates in words; what cannot be read as it is', () => {
    expect(periodText({ start: '2001-03', end: 'later' })).toEqual({
      start: 'Mar-2001',
      end: 'later',
    });
    expect(periodText(undefined)).toEqual({ start: '', end: '' });
  });
});
