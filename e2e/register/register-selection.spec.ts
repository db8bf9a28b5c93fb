import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright/test';
import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/axe.ts';

const selection = (page: Page) => page.getByRole('region', { name: 'Selection' });

/** Returns how many names were rendered since the last call: each is put into capitals once. */
const namesDrawn = (page: Page) =>
  page.evaluate(() => {
    const counted = globalThis as unknown as { drawn: number };
    const { drawn } = counted;
    counted.drawn = 0;
    return drawn;
  });

test.describe('a selection', () => {
  test('over several pages can be copied as ids and downloaded as CSV and NDJSON', async ({
    app,
    context,
    page,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.addInitScript(() => {
      // oxlint-disable-next-line typescript/unbound-method -- called with its own string below
      const capitals = String.prototype.toLocaleUpperCase;
      const counted = Object.assign(globalThis, { drawn: 0 });
      // oxlint-disable-next-line no-extend-native -- counts, and does what it did
      String.prototype.toLocaleUpperCase = function count(...languages) {
        counted.drawn += 1;
        return capitals.apply(this, languages);
      };
    });
    await app.openList();
    await page.getByRole('button', { name: 'Select', exact: true }).click();
    await expect(app.list.rows.getByRole('checkbox')).toHaveCount(20);
    expect(await namesDrawn(page)).toBeGreaterThanOrEqual(20);
    const box = app.list.rows.nth(0).getByRole('checkbox');
    // The box must be ticked in the task of the click, not in a later render.
    const ticked = await box.evaluate((input: HTMLInputElement) => {
      input.click();
      return input.checked;
    });
    expect(ticked).toBe(true);
    await expect(selection(page)).toContainText('1 patient selected');
    // Only the box was rendered, not the rows.
    expect(await namesDrawn(page)).toBeLessThan(5);
    const background = (row: number) =>
      app.list.rows.nth(row).evaluate((tr) => getComputedStyle(tr).backgroundColor);
    expect(await background(0)).not.toBe(await background(2));
    await app.list.next.click();
    await expect(app.list.pageNumber(2)).toBeVisible();
    await app.listIsFilled();
    await app.list.patients.nth(1).focus();
    await page.keyboard.press('x');
    await expect(selection(page)).toContainText('2 patients selected');
    await expectAccessible(page, 'selection');

    await selection(page).getByRole('button', { name: 'Copy ids' }).click();
    await expect(selection(page)).toContainText('2 ids copied');
    const ids = (await page.evaluate(() => navigator.clipboard.readText())).split('\n');
    expect(ids).toHaveLength(2);

    for (const [button, ending] of [
      ['Download CSV', 'csv'],
      ['Download NDJSON', 'ndjson'],
    ] as const) {
      const downloading = page.waitForEvent('download');
      await selection(page).getByRole('button', { name: button }).click();
      const download = await downloading;
      expect(download.suggestedFilename()).toMatch(
        new RegExp(`^patients-\\d{4}-\\d\\d-\\d\\d\\.${ending}$`),
      );
      const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\n');
      expect(lines).toHaveLength(ending === 'csv' ? 3 : 2);
      for (const id of ids) expect(lines.join('\n')).toContain(`"${id}"`);
    }
  });

  test('does not turn patient data into spreadsheet formulas in the CSV', async ({
    app,
    page,
    sandbox,
  }) => {
    await fetch(`${sandbox.fhir.openBaseUrl}/Patient`, {
      method: 'POST',
      headers: { 'content-type': 'application/fhir+json' },
      body: JSON.stringify({
        resourceType: 'Patient',
        name: [{ text: '=HYPERLINK("https://evil.example","Formulaic")' }],
        telecom: [{ system: 'phone', value: '+1 555 0100' }],
      }),
    });
    await app.openList();
    await app.list.box.fill('=HYPERLINK');
    await app.list.searchButton.click();
    await expect(app.list.rows).toHaveCount(1);
    await page.getByRole('button', { name: 'Select', exact: true }).click();
    await selection(page).getByRole('button', { name: 'Select this page' }).click();
    const downloading = page.waitForEvent('download');
    await selection(page).getByRole('button', { name: 'Download CSV' }).click();
    const text = await readFile(await (await downloading).path(), 'utf8');
    expect(text).toContain(`"'=HYPERLINK(""https://evil.example""`);
    expect(text).toContain(`"'+1 555 0100"`);
  });

  test('has the records as last seen, and ends with Done', async ({ app, page, sandbox }) => {
    for (const family of ['Correctedlater', 'Otherwise']) {
      await fetch(`${sandbox.fhir.openBaseUrl}/Patient`, {
        method: 'POST',
        headers: { 'content-type': 'application/fhir+json' },
        body: JSON.stringify({ resourceType: 'Patient', name: [{ family, given: ['Selected'] }] }),
      });
    }
    await app.openList();
    await app.list.box.fill('Selected');
    await expect(app.list.rows).toHaveCount(2);
    const select = page.getByRole('button', { name: 'Select', exact: true });
    await select.click();
    await selection(page).getByRole('button', { name: 'Select this page' }).click();
    await expect(selection(page)).toContainText('2 patients selected');

    await page.getByRole('link', { name: /CORRECTEDLATER/ }).click();
    await page.getByRole('link', { name: 'Edit', exact: true }).click();
    await page.getByLabel('Family name').first().fill('Corrected');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect(page.getByRole('heading', { level: 1, name: /^CORRECTED, / })).toBeVisible();
    await page.getByRole('link', { name: 'Patients' }).first().click();
    await select.click();
    await expect(selection(page)).toContainText('2 patients selected');
    const downloading = page.waitForEvent('download');
    await selection(page).getByRole('button', { name: 'Download CSV' }).click();
    const text = await readFile(await (await downloading).path(), 'utf8');
    expect(text).toContain('"Corrected"');
    expect(text).not.toContain('Correctedlater');

    await selection(page).getByRole('button', { name: 'Done' }).click();
    await select.click();
    await expect(selection(page)).toContainText('Nobody selected');
  });
});
