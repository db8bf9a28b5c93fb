import { expect, it, vi } from 'vitest';

it('messages reach the tabs of this site only, not those of another path of the origin', async () => {
  const at = (base: string) => {
    vi.stubEnv('BASE_URL', base);
    vi.resetModules();
    return import('./channel.ts');
  };
  const [test, tab, other] = [await at('/test/'), await at('/'), await at('/')];
  const heard: string[] = [];
  const came = new Promise((resolve) => {
    tab.onTabMessage(({ type }) => {
      heard.push(type);
      if (type === 'active') resolve(type);
    });
  });
  test.tellTabs({ type: 'signed-out' });
  other.tellTabs({ type: 'active', at: 1 });
  await came;
  expect(heard).toEqual(['active']);
});
