import { describe, expect, it } from 'vitest';
import { idleState } from './idle.ts';

const MINUTE = 60_000;

describe('requirement 43: idle time-out state', () => {
  it.each([
    [0, 'active'],
    [14 * MINUTE - 1, 'active'],
    [14 * MINUTE, 'warning'],
    [15 * MINUTE - 1, 'warning'],
    [15 * MINUTE, 'idle'],
    [999 * MINUTE, 'idle'],
  ])('after %d ms of fifteen minutes is %s', (passed, state) => {
    expect(idleState(1000, 1000 + passed, 15 * MINUTE).state).toBe(state);
  });

  it('warning holds the seconds that are left', () => {
    expect(idleState(0, 14.5 * MINUTE, 15 * MINUTE)).toEqual({ state: 'warning', secondsLeft: 30 });
  });

  it('warns in the second half of a time-out of one minute', () => {
    expect(idleState(0, 20_000, MINUTE).state).toBe('active');
    expect(idleState(0, 30_000, MINUTE).state).toBe('warning');
  });

  it('does not end a session because the clock was set back', () => {
    expect(idleState(10 * MINUTE, 0, 15 * MINUTE).state).toBe('active');
  });
});
