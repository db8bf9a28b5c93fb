import { afterEach, beforeEach, expect, test, vi } from 'vitest';

/** Simulates `sessionStorage` with a limit of characters per value. */
function sessionStorageWith(room: number) {
  const values = new Map<string, string>();
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (value.length > room) throw new DOMException('full', 'QuotaExceededError');
      values.set(key, value);
    },
    removeItem: (key: string) => void values.delete(key),
    clear: () => values.clear(),
  };
}

const isText = (value: unknown): value is string => typeof value === 'string';

beforeEach(() => vi.resetModules());
afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

test('a value that exceeds the quota is read from memory, and a later one that fits from the storage', async () => {
  vi.stubGlobal('sessionStorage', sessionStorageWith(20));
  const { forget, recall, remember } = await import('./storage.ts');
  remember('draft', 'short');
  remember('draft', 'much longer than there is room');
  expect(recall('draft', isText)).toBe('much longer than there is room');
  remember('draft', 'short again');
  expect(recall('draft', isText)).toBe('short again');
  expect(sessionStorage.getItem('/pb.draft')).toBe('"short again"');
  forget('draft');
  expect(recall('draft', isText)).toBeUndefined();
});

test('apps at different paths of one origin do not see or remove the values of each other', async () => {
  const values: Record<string, unknown> = {};
  const method = (run: (key: string, value?: string) => unknown) => ({ value: run });
  Object.defineProperties(values, {
    getItem: method((key) => values[key] ?? null),
    setItem: method((key, value) => void (values[key] = value)),
    removeItem: method((key) => void delete values[key]),
  });
  vi.stubGlobal('sessionStorage', values);
  const at = (base: string) => {
    vi.stubEnv('BASE_URL', base);
    vi.resetModules();
    return import('./storage.ts');
  };
  const [root, test, production] = [await at('/'), await at('/test/'), await at('/production/')];
  test.remember('open', 'of test');
  expect(production.recall('open', isText)).toBeUndefined();
  expect(root.recall('open', isText)).toBeUndefined();
  production.forgetOwn();
  root.forgetOwn();
  expect(test.recall('open', isText)).toBe('of test');
  test.forgetOwn();
  expect(test.recall('open', isText)).toBeUndefined();
});
