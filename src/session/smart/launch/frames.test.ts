import { describe, expect, it, vi } from 'vitest';
import { LaunchError } from '../../errors.ts';
import { dropPending } from './pending.ts';
import {
  afterReload,
  asked,
  FIRST,
  inFrame,
  inTab,
  launched,
  leaving,
  patients,
  SECOND,
  stored,
  take,
} from '../smart-fixture.ts';

describe('requirements 24, 25, 44: two frames of one page with shared storage', () => {
  const both = (): void => {
    patients.set('code of A', 'pa').set('code of B', 'pb');
    inFrame('a0');
    launched(FIRST);
    inFrame('b0');
    launched(SECOND);
  };
  const openBoth = async (): Promise<void> => {
    both();
    inFrame('a0');
    await take({ code: 'code of A', state: FIRST });
    inFrame('b0');
    await take({ code: 'code of B', state: SECOND });
  };

  it('each frame gets the patient of its own launch', async () => {
    both();
    inFrame('b0');
    const second = await take({ code: 'code of B', state: SECOND });
    inFrame('a0');
    const first = await take({ code: 'code of A', state: FIRST });
    expect(first?.session.context.patient).toBe('pa');
    expect(second?.session.context.patient).toBe('pb');
    expect(asked.map((form) => form.get('code'))).toEqual(['code of B', 'code of A']);
  });

  it.each([
    { code: 'c', state: 'x'.repeat(64) },
    { error: 'access_denied', state: 'x'.repeat(64) },
    { error: 'access_denied' },
    { code: 'c' },
  ])('a response that matches no launch ends none: %j', async (forged) => {
    both();
    await expect(take(forged)).rejects.toThrow(LaunchError);
    expect(asked).toEqual([]);
    await expect(take({ code: 'code of A', state: FIRST })).resolves.toBeTruthy();
    await expect(take({ code: 'code of B', state: SECOND })).resolves.toBeTruthy();
  });

  it('a response is accepted only once', async () => {
    await openBoth();
    await expect(take({ code: 'code of A', state: FIRST })).rejects.toThrow(LaunchError);
    expect(asked).toHaveLength(2);
  });

  it('each frame restores only its own session after a reload', async () => {
    await openBoth();
    inFrame('a0', 'a1');
    expect(await afterReload()).toBe('pa');
    inFrame('b0', 'b1');
    expect(await afterReload()).toBe('pb');
    inFrame('c0');
    expect(await afterReload()).toBeUndefined();
    inTab();
    expect(await afterReload()).toBeUndefined();
  });

  it('a frame restores its session although the browser dropped its first history entries', async () => {
    await openBoth();
    inFrame('a0', 'a1');
    leaving[0]?.();
    inFrame('a1');
    expect(await afterReload()).toBe('pa');
    inFrame('b0');
    expect(await afterReload()).toBe('pb');
  });

  it('without the Navigation API a reload restores no session and no token is stored', async () => {
    both();
    vi.stubGlobal('navigation', { currentEntry: null, entries: () => [] });
    const done = await take({ code: 'code of A', state: FIRST });
    expect(done?.session.context.patient).toBe('pa');
    expect(await afterReload()).toBeUndefined();
    expect([...stored.values()].join(' ')).not.toContain('access_token');
  });

  it('signing out in one frame keeps the session of the other', async () => {
    both();
    await take({ code: 'code of B', state: SECOND });
    inFrame('a0');
    const first = await take({ code: 'code of A', state: FIRST });
    await first?.session.signOut();
    expect(await afterReload()).toBeUndefined();
    inFrame('b0');
    expect(await afterReload()).toBe('pb');
  });

  it('only the tokens of the last six frames are stored', async () => {
    for (const n of [1, 2, 3, 4, 5, 6, 7]) {
      const state = String(n).repeat(64);
      patients.set(`c${n}`, `p${n}`);
      inFrame(`f${n}`);
      launched(state);
      await take({ code: `c${n}`, state }); // oxlint-disable-line no-await-in-loop -- one after another
    }
    expect([...stored.keys()].filter((key) => /^\d{64}$/.test(key))).toHaveLength(6);
    inFrame('f1');
    expect(await afterReload()).toBeUndefined();
    inFrame('f7');
    expect(await afterReload()).toBe('p7');
  });

  it('a new launch drops expired launches, and outside a frame all others', () => {
    both();
    dropPending(Date.now());
    expect(stored.has(FIRST)).toBe(true);
    dropPending(Date.now() + 601_000);
    expect([...stored.keys()]).toEqual([]);
    launched(FIRST);
    inTab();
    dropPending(Date.now());
    expect([...stored.keys()]).toEqual([]);
  });
});
