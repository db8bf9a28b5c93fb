import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { noteEnd } from '../tab-storage/opened.ts';
import { forgetEverything } from '../tab-storage/storage.ts';
import {
  noteAuthenticated,
  noteFinished,
  noteUnfinished,
  promptAfterEnd,
} from './authenticate-again.ts';

const kept = new Map<string, string>();

beforeEach(() => {
  kept.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const MINUTES = 15;
const LOGIN = { prompt: 'login' };

test('requirement 38: only the first sign-in after a sign-out asks for credentials', () => {
  expect(promptAfterEnd('a', MINUTES)).toEqual({});
  noteEnd();
  forgetEverything(); // as each sign-out does
  expect(promptAfterEnd('a', MINUTES)).toEqual(LOGIN);
  expect(promptAfterEnd('a', MINUTES)).toEqual(LOGIN); // the first one was cancelled
  noteAuthenticated('a');
  expect(promptAfterEnd('a', MINUTES)).toEqual({});
  noteEnd();
  expect(promptAfterEnd('a', MINUTES)).toEqual(LOGIN);
});

test('requirement 38: a sign-in to one server does not vouch for another provider', () => {
  noteEnd();
  noteAuthenticated('a');
  expect(promptAfterEnd('b', MINUTES)).toEqual(LOGIN);
});

test('requirement 43: a session that expired counts as signed out after the idle time only', () => {
  vi.useFakeTimers({ now: 1_800_000_000_000, toFake: ['Date'] });
  noteUnfinished('a');
  vi.setSystemTime(Date.now() + 14 * 60_000);
  expect(promptAfterEnd('a', MINUTES)).toEqual({});
  expect(promptAfterEnd('b', MINUTES)).toEqual({});
  vi.setSystemTime(Date.now() + 60_000);
  expect(promptAfterEnd('a', MINUTES)).toEqual(LOGIN);
  expect(promptAfterEnd('b', MINUTES)).toEqual({});
  noteAuthenticated('a');
  expect(promptAfterEnd('a', MINUTES)).toEqual({});
});

test('requirement 43: an expired session counts as signed out after the page was idle or the clock set back', () => {
  vi.useFakeTimers({ now: 1_800_000_000_000, toFake: ['Date'] });
  noteUnfinished('a');
  expect(promptAfterEnd('a', undefined)).toEqual(LOGIN);
  vi.setSystemTime(Date.now() - 86_400_000);
  expect(promptAfterEnd('a', MINUTES)).toEqual(LOGIN);
  noteFinished('a'); // a reload found the session open after all
  expect(promptAfterEnd('a', MINUTES)).toEqual({});
});

test('a browser that blocks the storage signs in as usual', () => {
  vi.stubGlobal('localStorage', undefined);
  noteEnd();
  noteUnfinished('a');
  expect(promptAfterEnd('a', MINUTES)).toEqual({});
  noteAuthenticated('a');
});
