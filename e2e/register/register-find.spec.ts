import { expect, test } from '../fixtures.ts';
import type { App } from '../support/app.ts';
import { settled } from '../support/settled.ts';

/** Empties the search box and waits for the whole list, which the next search narrows. */
async function all(app: App): Promise<void> {
  await app.list.clear.click();
  await expect(app.list.rows).toHaveCount(20);
}

test.describe('the search box', () => {
  test('understands a name in any script and in any order', async ({ app }) => {
    await app.openList();
    for (const [text, name] of [
      ['佐藤 太郎', /佐藤/],
      ['佐藤太郎', /佐藤/],
      ['太郎 佐藤', /佐藤/],
      ['Taro Sato', /佐藤|SATO/],
      ['박은주', /박/],
      ['נועה לוי', /לוי/],
      ['ليلى الزهراني', /الزهراني/],
      ['νικος οικονομου', /ΟΙΚΟΝΟΜΟΥ/],
      ['Соломія Ґедзь', /Ґедзь/i],
      ['my pham', /^PHẠM/],
    ] as const) {
      await test.step(text, async () => {
        await app.find(text);
        await expect.poll(() => app.list.rows.count()).toBeLessThan(20);
        await expect(app.list.patient(name).first()).toBeVisible();
        await all(app);
      });
    }
  });

  test('understands names with titles or dates, identifiers, phone numbers and ids', async ({
    app,
    sandbox,
  }) => {
    const response = await fetch(`${sandbox.fhir.openBaseUrl}/Patient/awkward-aged`);
    const { identifier } = (await response.json()) as {
      identifier: { system: string; value: string }[];
    };
    await app.openList();
    for (const [text, name, most] of [
      ['enid numbered', /^NUMBERED, Enid/, 4],
      ['RGH800016', /^ELDER, Methusa/, 4],
      ['numbered enid', /^NUMBERED, Enid/, 4],
      ['mrn: RGH800016', /^ELDER, Methusa/, 4],
      ['NUMBERED, Enid (Mrs)', /^NUMBERED, Enid/, 4],
      ['elder 1922-09-22', /^ELDER, Methusa/, 4],
      ['22 Sep 1922', /^ELDER, Methusa/, 4],
      ['22.09.1922', /^ELDER, Methusa/, 4],
      ['geb. 22.09.1922', /^ELDER, Methusa/, 4],
      ['Elder MRN RGH800016 DOB 22/09/1922', /^ELDER, Methusa/, 1],
      ['tel. +44 1632 964068', /^FLETCHER, Beatrice/, 1],
      ['Patient/awkward-aged', /^ELDER, Methusa/, 4],
      ['+44 1632 964068', /^FLETCHER, Beatrice/, 1],
      [`${identifier[0]?.system}|${identifier[0]?.value}`, /^ELDER, Methusa/, 1],
    ] as const) {
      await test.step(text, async () => {
        await app.find(text);
        await expect.poll(() => app.list.rows.count()).toBeLessThanOrEqual(most);
        await expect(app.list.patient(name).first()).toBeVisible();
        await all(app);
      });
    }
  });

  test('understands a birth date in the ways people write it', async ({ app, page, sandbox }) => {
    await app.openList();
    for (const [text, sent] of [
      ['1960', 'birthdate=1960'],
      ['Dec 1960', 'birthdate=1960-12'],
      ['25 Dec 1960', 'birthdate=1960-12-25'],
      ['25-Dec-1960', 'birthdate=1960-12-25'],
      ['1960-12-25', 'birthdate=1960-12-25'],
      ['25/12/1960', 'birthdate=1960-12-25'],
      ['12/25/1960', 'birthdate=1960-12-25'],
    ] as const) {
      await test.step(text, async () => {
        sandbox.fhir.log.length = 0;
        await app.list.box.fill(text);
        await app.list.searchButton.click();
        await expect
          .poll(() => sandbox.fhir.log.map(({ query }) => query).join('\n'))
          .toMatch(new RegExp(`${sent}(&|$)`, 'm'));
        await all(app);
        await page.reload(); // clears the cached results: several texts lead to the same request
        await app.listIsFilled();
      });
    }
  });

  test('asks which day an ambiguous date means before it searches, and searches no impossible date', async ({
    app,
    sandbox,
  }) => {
    await app.openList();
    sandbox.fhir.log.length = 0;
    await app.list.box.fill('02/03/1950');
    await app.list.searchButton.click();
    await expect(app.list.search.getByRole('button', { name: '02-Mar-1950' })).toBeVisible();
    expect(sandbox.fhir.log.filter(({ query }) => /birthdate/.test(query))).toEqual([]);
    await app.list.search.getByRole('button', { name: '03-Feb-1950' }).click();
    await expect
      .poll(() => sandbox.fhir.log.some(({ query }) => query.includes('birthdate=1950-02-03')))
      .toBe(true);
    await settled(app.page, sandbox);
    sandbox.fhir.log.length = 0;
    await app.list.box.fill('DOB 31/02/2001');
    await app.list.searchButton.click();
    await expect(
      app.list.search.getByText('31/02/2001 is not a day of the calendar'),
    ).toBeVisible();
    expect(sandbox.fhir.log).toEqual([]);
  });
});
