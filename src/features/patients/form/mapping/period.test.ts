import { describe, expect, test } from 'vitest';
import { periodText } from './period-text.ts';
import { periodProblem } from './period.ts';

describe('a typed period', () => {
  test('has no problem if its dates are in order, partial or missing', () => {
    expect(periodProblem({ start: '', end: '' })).toBeUndefined();
    expect(periodProblem({ start: '2001', end: '5 Mar 2001' })).toBeUndefined();
    expect(periodProblem({ start: '5 Mar 2001', end: '2001' })).toBeUndefined();
    expect(periodProblem({ start: '5 Mar 2001', end: '' })).toBeUndefined();
  });

  test('has a problem if it ends before its start, or a date is ambiguous or unreadable', () => {
    expect(periodProblem({ start: '2001', end: '2000' })?.id).toBe('periodOrder');
    expect(periodProblem({ start: '03/04/2001', end: '' })).toEqual({
      end: 'start',
      id: 'badDate',
    });
    expect(periodProblem({ start: '', end: 'soon' })).toEqual({ end: 'end', id: 'badDate' });
  });

  test('shows recorded dates with month names, and unreadable dates unchanged', () => {
    expect(periodText({ start: '2001-03', end: 'later' })).toEqual({
      start: 'Mar-2001',
      end: 'later',
    });
    expect(periodText(undefined)).toEqual({ start: '', end: '' });
  });
});
