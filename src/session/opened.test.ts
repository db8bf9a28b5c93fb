import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { noteEnd, rememberOpened, takeNotice, takeUpOpened } from './opened.ts';
import { forgetEverything, recall, remember } from './storage.ts';

const isText = (value: unknown): value is string => typeof value === 'string';
const SMART = { id: 'a', kind: 'smart' } as const;

const kept = new Map<string, string>();

function browserKeeps(): void {
  kept.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  });
}

beforeEach(browserKeeps);
afterEach(() => {
  forgetEverything();
  vi.unstubAllGlobals();
});

describe('requirement 38: a tab that was closed or put away when the person signed out', () => {
  it('finds nothing of its session when it comes back', () => {
    rememberOpened(SMART);
    remember('token', 'secret');
    expect(takeUpOpened()).toMatchObject(SMART);
    noteEnd();
    expect(takeUpOpened()).toBeUndefined();
    expect(recall('token', isText)).toBeUndefined();
    expect(takeNotice()).toBe('signed-out-elsewhere');
  });

  it('nor when others have signed in and out since', () => {
    rememberOpened(SMART);
    noteEnd();
    noteEnd();
    expect(takeUpOpened()).toBeUndefined();
  });

  it('but a session that was opened afterwards', () => {
    noteEnd();
    rememberOpened(SMART);
    expect(takeUpOpened()).toMatchObject(SMART);
  });

  it('also where it was with another server than the tab that was signed out', () => {
    rememberOpened({ id: 'b', kind: 'entra' });
    noteEnd();
    expect(takeUpOpened()).toBeUndefined();
  });

  it('whatever the servers are called: no name of one is kept', () => {
    noteEnd();
    expect([...kept.keys()]).toEqual(['signed-out']);
  });

  it('an open server asks nobody who they are', () => {
    rememberOpened({ id: 'a', kind: 'open' });
    noteEnd();
    expect(takeUpOpened()).toMatchObject({ kind: 'open' });
  });

  it('is as before where nothing can be kept', () => {
    vi.stubGlobal('localStorage', undefined);
    rememberOpened(SMART);
    noteEnd();
    expect(takeUpOpened()).toMatchObject(SMART);
  });
});
