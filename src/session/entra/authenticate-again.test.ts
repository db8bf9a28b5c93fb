import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { noteEnd } from '../tab-storage/opened.ts';
import { forgetEverything } from '../tab-storage/storage.ts';
import { noteAuthenticated, promptAfterEnd } from './authenticate-again.ts';

const kept = new Map<string, string>();

beforeEach(() => {
  kept.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  });
});
afterEach(() => void vi.unstubAllGlobals());

const LOGIN = { prompt: 'login' };

test('requirement 38: only the first sign-in after a sign-out asks for credentials', () => {
  expect(promptAfterEnd('a')).toEqual({});
  noteEnd();
  forgetEverything(); // as each sign-out does
  expect(promptAfterEnd('a')).toEqual(LOGIN);
  expect(promptAfterEnd('a')).toEqual(LOGIN); // the first one was cancelled
  noteAuthenticated('a');
  expect(promptAfterEnd('a')).toEqual({});
  noteEnd();
  expect(promptAfterEnd('a')).toEqual(LOGIN);
});

test('requirement 38: a sign-in to one server does not vouch for another provider', () => {
  noteEnd();
  noteAuthenticated('a');
  expect(promptAfterEnd('b')).toEqual(LOGIN);
});

test('a browser that blocks the storage signs in as usual', () => {
  vi.stubGlobal('localStorage', undefined);
  noteEnd();
  expect(promptAfterEnd('a')).toEqual({});
  noteAuthenticated('a');
});
