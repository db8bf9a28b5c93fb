import { expect, test } from './fixtures.ts';

test.describe('the weight of the app', () => {
  test('the first list loads at most 150 KB of script and style, and no sign-in library', async ({
    app,
    page,
  }) => {
    await page.addInitScript(() => {
      new MutationObserver((_changes, observer) => {
        if (!document.querySelector('tbody a')) return;
        performance.mark('first row');
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true });
    });
    await page.route('**/config.json', async (route) => {
      const answer = await route.fetch();
      const config = (await answer.json()) as { servers: { id: string }[]; smartLaunch?: unknown };
      await route.fulfill({ json: { servers: config.servers.filter(({ id }) => id === 'open') } });
    });
    await page.goto('/patients');
    await app.listIsFilled();
    // Counts the files that the page names or that loaded before the first row, but no later ones.
    const html = await (await page.request.get('/patients')).text();
    const first = [...new Set(html.match(/assets\/[\w.-]+\.(?:js|css)/g))];
    const loaded = async () =>
      page.evaluate(() => {
        const shown = performance.getEntriesByName('first row')[0]?.startTime ?? Infinity;
        const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
        return entries.map(({ name, encodedBodySize: bytes, responseEnd }) => {
          return { file: new URL(name).pathname.slice(1), bytes, early: responseEnd <= shown };
        });
      });
    await expect
      .poll(async () => {
        const files = new Set((await loaded()).map(({ file }) => file));
        return first.filter((file) => !files.has(file));
      })
      .toEqual([]);
    const files = (await loaded()).filter(({ file }) => /\.(js|css)$/.test(file));
    const own = files.filter(({ file, early }) => early || first.includes(file));
    expect(own.length).toBeGreaterThan(2);
    expect(own.reduce((sum, { bytes }) => sum + bytes, 0) / 1024).toBeLessThanOrEqual(150);
    expect(files.filter(({ file }) => /entra|smart|msal|token/.test(file))).toEqual([]);
  });
});
