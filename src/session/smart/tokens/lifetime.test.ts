import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { guarded } from '../../state/guarded.ts';
import { afterReload, answer, asked, FIRST, launched, take } from '../smart-fixture.ts';

const MINUTE = 60_000;
const pass = (minutes: number): void => void vi.setSystemTime(Date.now() + minutes * MINUTE);

vi.stubGlobal('navigator', {}); // without Web Locks the tab acts alone
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

/** Returns a session with a token of unknown lifetime. */
async function untold(more: object = {}) {
  launched(FIRST);
  answer.body = { access_token: 'opaque', token_type: 'bearer', patient: 'p1', ...more };
  const done = await take({ code: 'c', state: FIRST });
  if (!done) throw new Error('There is no session');
  asked.length = 0;
  return done.session;
}

describe('requirement 40: token of unknown lifetime', () => {
  it('is used until the server refuses it, also after a reload', async () => {
    const session = await untold();
    pass(600);
    expect(await session.authorization()).toBe('Bearer opaque');
    expect(session.tokenExpired?.()).toBe(false); // a network failure is not expiry
    expect(await afterReload()).toBe('p1');
    expect(await session.renew()).toBe(false); // after a 401 without a refresh token
    expect(asked).toEqual([]);
  });

  it('is renewed every five minutes if it has a refresh token', async () => {
    const session = await untold({ refresh_token: 'r' });
    pass(4);
    await session.authorization();
    expect(asked).toHaveLength(0);
    answer.body = { access_token: 'second' };
    pass(1);
    expect(await session.authorization()).toBe('Bearer second');
    await session.authorization();
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['cannot be reached', 503, [1, 1, 2]],
    ['refuses that', 400, [1, 1, 1]],
  ])('stays in use if the server %s', async (_what, status, tried) => {
    const session = await untold({ refresh_token: 'r' });
    answer.status = status;
    const times: number[] = [];
    for (const minutes of [5, 1, 4]) {
      pass(minutes);
      // oxlint-disable-next-line no-await-in-loop -- one after another
      expect(await session.authorization()).toBe('Bearer opaque');
      times.push(asked.length);
    }
    expect(times).toEqual(tried);
  });
});

test('requirement 23: the session has the scopes of the last token response', async () => {
  const session = guarded(await untold({ refresh_token: 'r', scope: 'user/*.rs' }), async () => {});
  expect(session.scopes).toEqual(['user/*.rs']);
  answer.body = { access_token: 'second', scope: 'user/Patient.rs' };
  await session.renew();
  expect(session.scopes).toEqual(['user/Patient.rs']);
});
