import { describe, expect, it } from 'vitest';
import { answer, readableOrigin, refusal } from './protocol.ts';

const ORIGIN = 'https://program.example';

describe('refusal of a picker request', () => {
  it('accepts exactly the allowed origins', () => {
    expect(refusal(ORIGIN, [ORIGIN], {})).toBeUndefined();
    for (const near of [`${ORIGIN}/`, `${ORIGIN}:443`, 'https://x.program.example', '*', 'null'])
      expect(refusal(near, [ORIGIN], {})).toBe('notAllowed');
    expect(refusal(undefined, [ORIGIN], {})).toBe('noOrigin');
    expect(refusal(ORIGIN, [], {})).toBe('notAllowed');
    expect(refusal(ORIGIN, [ORIGIN], null)).toBe('noOpener');
  });
});

describe('answer to the opener', () => {
  it('sends nothing to a closed window', () => {
    expect(answer(null, ORIGIN, { type: 'patient-browser:cancelled' })).toBe(false);
  });
});

describe('readableOrigin', () => {
  it.each([
    [ORIGIN, ORIGIN],
    ['http://localhost:3000', 'http://localhost:3000'],
    [undefined, undefined],
    ['Call 555', undefined],
    [`${ORIGIN}/Your-account-is-locked`, undefined],
    ['https://Your account is locked', undefined],
    ['javascript:alert(1)', undefined],
  ])('returns only http(s) origins: %s', (said, shown) => {
    expect(readableOrigin(said)).toBe(shown);
  });

  it('returns no long origin', () => {
    expect(readableOrigin(`https://${'a.'.repeat(100)}example`)).toBeUndefined();
  });
});
