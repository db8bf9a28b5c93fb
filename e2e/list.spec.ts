import { expect, test } from './fixtures.ts';
import { hold } from './support/hold.ts';
import { arrived, settled } from './support/settled.ts';

test.describe('the patient list', () => {
  test('pages forward five pages and back by button, and shows no page twice', async ({ app }) => {
    await app.openList();
    const seen: string[][] = [await app.names()];
    await expect(app.list.previous).toBeDisabled();
    for (let n = 2; n <= 6; n++) {
      await app.list.next.click();
      await expect(app.list.pageNumber(n)).toBeVisible();
      await app.listIsFilled();
      seen.push(await app.names());
    }
    expect(new Set(seen.map((names) => names.join('|'))).size).toBe(6);
    for (let n = 5; n >= 1; n--) {
      await app.list.previous.click();
      await expect(app.list.pageNumber(n)).toBeVisible();
      await app.listIsFilled();
      expect(await app.names()).toEqual(seen[n - 1]);
    }
    await expect(app.list.previous).toBeDisabled();
  });

  test('draws the next page in advance, before the code for later has loaded', async ({
    app,
    page,
  }) => {
    let load = (): void => undefined;
    const loaded = new Promise<void>((resolve) => (load = resolve));
    await page.route('**/assets/later-*.js', async (route) => {
      await loaded;
      await route.continue();
    });
    await app.openList();
    await expect(page.locator('tbody').nth(1).locator('tr')).toHaveCount(20);
    await expect(page.locator('tbody').nth(1)).toBeHidden();
    await expect(app.list.newPatient).toBeVisible();
    load();
    await expect(page.getByRole('link', { name: 'New patient' })).toBeVisible();
  });

  test('follows Back and Forward of the browser through its pages', async ({ app, page }) => {
    await app.openList();
    const first = await app.names();
    await app.list.next.click();
    await expect(app.list.pageNumber(2)).toBeVisible();
    await app.listIsFilled();
    const second = await app.names();
    await app.list.next.click();
    await expect(app.list.pageNumber(3)).toBeVisible();
    await page.goBack();
    await expect(app.list.pageNumber(2)).toBeVisible();
    await app.listIsFilled();
    expect(await app.names()).toEqual(second);
    await page.goBack();
    await expect(app.list.pageNumber(1)).toBeVisible();
    await app.listIsFilled();
    expect(await app.names()).toEqual(first);
    await page.goForward();
    await expect(app.list.pageNumber(2)).toBeVisible();
    await app.listIsFilled();
    expect(await app.names()).toEqual(second);
  });

  test('stays on its page after a reload and after Back from a chart', async ({ app, page }) => {
    await app.openList();
    await app.list.next.click();
    await expect(app.list.pageNumber(2)).toBeVisible();
    await app.listIsFilled();
    const second = await app.names();
    await page.reload();
    await expect(app.list.pageNumber(2)).toBeVisible();
    await app.listIsFilled();
    expect(await app.names()).toEqual(second);
    await app.list.patients.first().click();
    await expect(app.chart.banner).toBeVisible();
    await page.goBack();
    await expect(app.list.pageNumber(2)).toBeVisible();
    await app.listIsFilled();
    expect(await app.names()).toEqual(second);
  });

  test('disables Next page on the last page', async ({ app }) => {
    await app.openList();
    await app.list.box.fill('Garland');
    await app.list.searchButton.click();
    await expect(app.list.patient(/^GARLAND, Robin Kit/)).toBeVisible();
    await expect(app.list.next).toBeDisabled();
  });

  test('finds patients by name, by identifier and by birth date', async ({ app }) => {
    await app.openList();
    for (const text of ['edgar gone', 'RGH900001', '29 Feb 2000', '2000-02-29']) {
      await app.list.box.fill(text);
      await app.list.searchButton.click();
      const wanted = text.startsWith('RGH')
        ? /^NUMBERED/
        : text.startsWith('edgar')
          ? /^GONE/
          : /^LEAP/;
      await expect(app.list.patient(wanted), text).toBeVisible();
    }
  });

  test('requirement 50: searches while the user types, and keeps the search text out of the address', async ({
    app,
    guard,
    page,
  }) => {
    guard.secret('Methusa', 'methusa', 'ELDER');
    await app.openList();
    await app.list.box.pressSequentially('methusa');
    await expect(app.list.patient(/^ELDER, Methusa/)).toBeVisible();
    await expect(app.list.rows).toHaveCount(1);
    await page.reload();
    await expect(app.list.patient(/^ELDER, Methusa/)).toBeVisible();
    await expect(app.list.rows).toHaveCount(1);
    await app.list.clear.click();
    await expect(app.list.box).toHaveValue('');
    await expect(app.list.rows).not.toHaveCount(1);
  });

  test('keeps the rows of the latest search when the response to an earlier one arrives late', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.openList();
    const about = /Patient\?.*Dormant/i;
    const stale = hold(sandbox, { path: about });
    const asking = page.waitForRequest(about);
    await app.list.box.fill('Dormant');
    await app.list.searchButton.click();
    await stale.asked();
    await app.list.box.fill('Methusa');
    await app.list.searchButton.click();
    await expect(app.list.patient(/^ELDER/)).toBeVisible();
    stale.release();
    await arrived(await asking);
    await settled(page, sandbox);
    await expect(app.list.patient(/^ELDER/)).toBeVisible();
    await expect(app.list.patient(/^DORMANT/)).toHaveCount(0);
  });

  test('keeps the row elements of the previous search while the next one is loading', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.openList();
    await app.nextPage(2);
    const awaited = hold(sandbox, { path: /Patient\?.*Methusa/i });
    const row = await app.list.rows.first().elementHandle();
    await app.list.box.fill('Methusa');
    await awaited.asked();
    await expect(page.locator('table[aria-busy=true]')).toBeVisible();
    expect(await row?.evaluate((element) => element.isConnected)).toBe(true);
    awaited.release();
    await expect(app.list.patient(/^ELDER/)).toBeVisible();
  });

  test('sorts by birth date in both directions and marks the direction for screen readers', async ({
    app,
  }) => {
    await app.openList();
    await app.list.sort('Birth date').click();
    await expect(app.list.columnHeader('Birth date')).toHaveAttribute('aria-sort', /ascending/);
    await app.listIsFilled();
    const once = await app.names();
    const before = await app.list.columnHeader('Birth date').getAttribute('aria-sort');
    await app.list.sort('Birth date').click();
    await expect(app.list.columnHeader('Birth date')).not.toHaveAttribute(
      'aria-sort',
      before ?? '',
    );
    await expect.poll(() => app.names()).not.toEqual(once);
  });

  test('moves no row on a phone when the sort buttons appear', async ({ app, page, sandbox }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    const statement = hold(sandbox, { path: /\/metadata/ });
    await app.openList();
    await statement.asked();
    const top = () => app.list.rows.first().evaluate((row) => row.getBoundingClientRect().top);
    const before = await top();
    statement.release();
    await expect(app.list.sort('Birth date')).toBeVisible();
    expect(await top()).toBe(before);
  });

  test('cuts nothing off and breaks no word in a row, whatever columns are chosen', async ({
    app,
    page,
  }) => {
    const all = 'birthDate gender identifiers phone email address language updated id'.split(' ');
    await app.openList();
    await app.list.box.fill('gone');
    for (const columns of [all.slice(0, 4), all.slice(0, 6), all]) {
      await expect(app.list.rows).toHaveCount(1);
      await page.evaluate(
        (settings) => localStorage.setItem('/pb.settings', settings),
        JSON.stringify({ columns }),
      );
      await page.reload();
      await expect(app.list.columnHeader('Email')).toHaveCount(columns.length > 4 ? 1 : 0);
      await expect(app.list.rows.getByText('Deceased', { exact: true })).toBeVisible();
      for (const width of [390, 768, 1024, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        const { cut, broken } = await page.getByRole('table').evaluate((table) => {
          const edge = (table.parentElement ?? table).getBoundingClientRect().right;
          const cells = [...table.querySelectorAll('tbody :is(a, bdi, span, li, div)')];
          const names = [...table.querySelectorAll('tbody th a, tbody td li bdi:first-child')];
          // A word that is not broken has exactly one client rectangle.
          const isBroken = (name: Element): boolean => {
            const text = document.createTreeWalker(name, NodeFilter.SHOW_TEXT).nextNode();
            return [...(text?.nodeValue ?? '').matchAll(/\S+/g)].some(({ 0: word, index }) => {
              const range = document.createRange();
              range.setStart(text!, index);
              range.setEnd(text!, index + word.length);
              return range.getClientRects().length > 1;
            });
          };
          return {
            cut: cells.filter((cell) => cell.getBoundingClientRect().right > edge).length,
            broken: names.filter(isBroken).map((name) => name.textContent),
          };
        });
        expect(cut, `${columns.length} columns at ${width}`).toBe(0);
        expect(broken, `${columns.length} columns at ${width}`).toEqual([]);
      }
    }
  });

  test('shows the former name in the row of a patient who was found by it', async ({ app }) => {
    await app.openList();
    await app.list.box.fill('smith');
    const named = (name: RegExp) =>
      app.list.rows.filter({ has: app.page.getByRole('link', { name }) });
    await expect(named(/^TURNER, Arthur/)).toContainText('Previously SMITH');
    await expect(named(/^SMITH/).first()).not.toContainText('Previously');
  });

  test('finds one patient by the filters for family name and given name', async ({ app }) => {
    await app.openList();
    await app.list.moreFilters.click();
    await app.list.filter('Family name').fill('Numbered');
    await app.list.filter('Given name').fill('Enid');
    await app.list.searchButton.click();
    await expect(app.list.patient(/^NUMBERED, Enid/)).toBeVisible();
    await expect(app.list.rows).toHaveCount(1);
  });

  test('says that no patient was found, without an error', async ({ app }) => {
    await app.openList();
    await app.list.box.fill('Nobodyhasthisname');
    await app.list.searchButton.click();
    await expect(app.page.getByText(/no patient/i).first()).toBeVisible();
    await expect(app.list.alert).toHaveCount(0);
  });

  test('shows partial birth dates and each status in words', async ({ app }) => {
    await app.openList();
    for (const [search, text] of [
      ['Yearly', '1960'],
      ['Monthly', 'Dec-1960'],
      ['Dormant', /inactive/i],
      ['Gone', /deceased|died/i],
      ['Zzztest', /test/i],
      ['Private', /restricted/i],
    ] as const) {
      await app.list.box.fill(search);
      await app.list.searchButton.click();
      const row = app.list.rows.filter({
        has: app.page.getByRole('link', { name: new RegExp(`^${search},`, 'i') }),
      });
      await expect(row.first(), search).toContainText(text);
    }
  });
});
