import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { noteEnd, rememberOpened, takeNotice, takeUpOpened } from './opened.ts';
import { forgetEverything, recall, remember } from './storage.ts';

const isText = (value: unknown): value is string => typeof value === 'string';
const SMART = { id: 'a', kind: 'smart' } as const;

function browserKeeps(): void {
  const kept = new Map<string, string>();
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
    noteEnd('a');
    expect(takeUpOpened()).toBeUndefined();
    expect(recall('token', isText)).toBeUndefined();
    expect(takeNotice()).toBe('signed-out-elsewhere');
  });

  it('nor when others have signed in and out since', () => {
    rememberOpened(SMART);
    noteEnd('a');
    noteEnd('a');
    expect(takeUpOpened()).toBeUndefined();
  });

  it('but a session that was opened afterwards', () => {
    noteEnd('a');
    rememberOpened(SMART);
    expect(takeUpOpened()).toMatchObject(SMART);
  });

  it('nor is a session with another server ended', () => {
    rememberOpened(SMART);
    noteEnd('b');
    expect(takeUpOpened()).toMatchObject(SMART);
  });

  it('an open server asks nobody who they are', () => {
    rememberOpened({ id: 'a', kind: 'open' });
    noteEnd('a');
    expect(takeUpOpened()).toMatchObject({ kind: 'open' });
  });

  it('is as before where nothing can be kept', () => {
    vi.stubGlobal('localStorage', undefined);
    rememberOpened(SMART);
    noteEnd('a');
    expect(takeUpOpened()).toMatchObject(SMART);
  });
});
