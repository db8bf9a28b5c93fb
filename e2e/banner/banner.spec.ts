import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/axe.ts';

test.describe('the banner', () => {
  test('shows in words that a patient is deceased or a record restricted, and no Edit when it is merged', async ({
    app,
    page,
  }) => {
    await app.open('/patients/awkward-deceased-date');
    await expect(app.chart.banner).toContainText(/Died\s*23-Nov-2019/);
    await expect(app.chart.banner).toContainText('Age at death');
    await expect(app.chart.banner).not.toContainText('Contact');
    await expect(app.chart.banner).toContainText('Deceased');
    expect(
      await app.chart.banner.evaluate((banner) => getComputedStyle(banner).backgroundImage),
    ).toContain('gradient');
    for (const [id, words] of [
      ['awkward-inactive', 'Inactive record'],
      ['awkward-restricted', 'Restricted record'],
      ['awkward-test', 'Test patient'],
      ['awkward-merged', 'Merged record'],
    ] as const) {
      await page.goto(`/patients/${id}`);
      await expect(app.chart.banner, id).toContainText(words);
    }
    await expect(app.chart.navigation).toBeVisible();
    await expect(app.chart.edit).toHaveCount(0);
    await app.chart.banner.getByRole('link', { name: /replaces it/ }).click();
    await expect(page).toHaveURL(/awkward-survivor$/);
  });

  test('shows ages in suitable units, and says what is not known', async ({ app, page }) => {
    await app.open('/patients/awkward-toddler');
    await expect(app.chart.banner).toContainText(/Born\s*01-Nov-2024 \(\d+y(?: \d+m)?\)/);
    for (const [id, born] of [
      ['awkward-partial-year', /Born\s*\d{4} \(Approx \d+y\)/],
      ['awkward-partial-month', /Born\s*[A-Z][a-z]{2}-\d{4} \(Approx \d+y\)/],
      ['awkward-no-birth-date', /Born\s*Not Known/],
    ] as const) {
      await page.goto(`/patients/${id}`);
      await expect(app.chart.banner, id).toContainText(born);
    }
    await page.goto('/patients/awkward-no-contact');
    await expect(app.chart.banner).toContainText(/Contact\s*Not Known/);
    await page.goto('/patients/awkward-deceased-boolean');
    await expect(app.chart.banner).toContainText(/Died\s*Not Known/i);
    await page.goto('/patients/awkward-no-name');
    await expect(app.chart.heading).toContainText(/name not known/i);
    await page.goto('/patients/awkward-future-birth-date');
    await expect(app.chart.banner).toContainText('Birth date in the future');
  });

  test('shows exactly one of the four allergy states', async ({ app, page, sandbox }) => {
    const banner = app.chart.banner;
    const states = [
      'Known allergies',
      'No known allergies',
      'Allergies not recorded',
      'Allergies unavailable',
    ];
    const only = async (state: string): Promise<void> => {
      await expect(banner.getByRole('link', { name: state, exact: true })).toBeVisible({
        timeout: 20_000,
      });
      for (const other of states)
        if (other !== state)
          await expect(banner.getByRole('link', { name: other, exact: true })).toHaveCount(0);
    };
    await app.open('/patients/p0001');
    await only('Known allergies');
    await expect(banner).toContainText('Peanut');
    await page.goto('/patients/awkward-no-known-allergy');
    await only('No known allergies');
    await page.goto('/patients/awkward-no-allergies-recorded');
    await only('Allergies not recorded');
    for (const status of [403, 404, 500]) {
      sandbox.fhir.faults.clear();
      sandbox.fhir.faults.add({ path: /AllergyIntolerance\?/, status, body: {} });
      await page.goto('/patients/p0001');
      await only('Allergies unavailable');
    }
    await expect(banner).not.toContainText('Peanut');
  });

  test('warns of a merged record even where its replacement is not on this server', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.fhir.faults.add({
      path: /\/Patient\/awkward-merged$/,
      rewrite: (body) => ({
        ...(body as object),
        link: [{ type: 'replaced-by', other: { display: 'Elsewhere' } }],
      }),
    });
    await app.open('/patients/awkward-merged');
    await expect(app.chart.banner).toContainText('must no longer be used');
    await expect(app.chart.banner).toContainText('not on this server');
    await expect(app.chart.navigation).toBeVisible();
    await expect(app.chart.edit).toHaveCount(0);
    await page.goto('/patients/awkward-survivor');
    await expect(app.chart.banner).toBeVisible();
    await expect(app.chart.edit).toBeVisible();
  });

  test('leaves the whole chart navigation in view on wide screens, wherever the page is scrolled to', async ({
    app,
    page,
  }) => {
    const links = app.chart.navigation.getByRole('link');
    const inSight = async (width: number): Promise<void> => {
      await page.setViewportSize({ width, height: 800 });
      for (const y of [0, 1e6]) {
        await page.evaluate((to) => scrollTo(0, to), y);
        for (const link of [links.first(), links.last()])
          await expect(link).toBeInViewport({ ratio: 1 });
      }
      const [beside, title] = await Promise.all([
        app.chart.navigation.boundingBox(),
        page.getByRole('heading', { name: 'Demographics' }).boundingBox(),
      ]);
      expect(title!.x).toBeGreaterThan(beside!.x + beside!.width);
    };
    await app.open('/patients/p0001', 'entra', 'Robin Adeyemi');
    await expect(page.getByText('Your role does not allow editing.')).toBeVisible();
    for (const width of [1280, 1440]) await inSight(width);
    await app.shell.signOut.click();
    await expect(page.getByRole('button', { name: /Sign in/ }).first()).toBeVisible();
    await app.open('/patients/p0001', 'open');
    await expect(app.chart.edit).toBeVisible();
    await inSight(1024);
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Delete', exact: true })).toBeInViewport({
      ratio: 1,
    });
    await page.keyboard.press('Escape');
    // On a phone the navigation is one line, which scrolls sideways.
    await page.setViewportSize({ width: 390, height: 800 });
    const { height } = (await app.chart.navigation.boundingBox()) ?? { height: 0 };
    const [link] = await links.all();
    expect(height).toBeLessThan(1.5 * ((await link?.boundingBox())?.height ?? 0));
  });

  test('shows birth, gender and number in this order, with an explanation of every label', async ({
    app,
  }) => {
    await app.open('/patients/p0001');
    const text = (await app.chart.banner.innerText()).replaceAll('\n', ' ');
    const places = ['Born', 'Gender (administrative)', 'Medical record number'].map((label) =>
      text.indexOf(label),
    );
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
    const untold = await app.chart.banner
      .locator('dt')
      .evaluateAll((labels) =>
        labels.filter((label) => !label.getAttribute('title')).map((l) => l.textContent),
      );
    expect(untold).toEqual([]);
  });

  test('never covers the focused element', async ({ app, page }) => {
    await page.setViewportSize({ width: 1280, height: 600 });
    await app.open('/patients/p0001');
    await page.getByRole('link', { name: /Show all Encounters/ }).scrollIntoViewIfNeeded();
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    for (let i = 0; i < 25; i++) {
      await page.keyboard.press('Shift+Tab');
      const hidden = await page.evaluate(() => {
        const focus = document.activeElement;
        const banner = document.querySelector('[aria-label="Patient banner"]');
        if (!focus || !banner || focus === document.body || banner.contains(focus)) return false;
        if (!document.querySelector('main')?.contains(focus)) return false;
        return focus.getBoundingClientRect().top < banner.getBoundingClientRect().bottom - 1;
      });
      expect(hidden).toBe(false);
    }
  });

  test('keeps the patient in view at 200 % zoom and on a phone, without sideways scrolling', async ({
    app,
    page,
  }) => {
    await app.open('/patients/p0001');
    for (const [width, height] of [
      [640, 400],
      [390, 800],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.reload();
      await expect(app.chart.banner).toBeVisible();
      const heading = await app.chart.name();
      await page.getByText('Raw JSON').first().scrollIntoViewIfNeeded();
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      await expect
        .poll(() =>
          page.evaluate((text) => {
            const at = document.elementFromPoint(60, 12);
            return Boolean(at?.closest('[aria-hidden], section')?.textContent?.includes(text));
          }, heading),
        )
        .toBe(true);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(
        true,
      );
      await expectAccessible(page);
    }
  });

  test('is replaced by a line that cuts off no birth date, gender or number, however long the name', async ({
    app,
    page,
    sandbox,
  }) => {
    const name = [
      {
        family: 'Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh',
        given: Array.from({ length: 7 }, (_, n) => [
          'Maximiliane',
          `Bartholomea-Philippa-${n}`,
        ]).flat(),
        prefix: ['Professor'],
      },
    ];
    let died = {};
    sandbox.fhir.faults.add({
      path: /\/Patient\/p0001$/,
      rewrite: (body) => ({ ...(body as object), name, ...died }),
    });
    // A phone without its browser bars, and a window of 1280 by 1024 at 400 %.
    const windows = [
      { width: 390, height: 664 },
      { width: 320, height: 256 },
    ];
    const facts = [/^Born \d{2}-\w{3}-\d{4}/, /^(Male|Female)$/, /^RGH\d+$/];
    await app.open('/patients/p0001');
    for (const size of windows)
      for (const lived of [{}, { deceasedDateTime: '2024-03-01' }]) {
        died = lived;
        await page.setViewportSize(size);
        await page.reload();
        await expect(app.chart.banner).toContainText(/WOLFESCHLEGEL/);
        await expect(app.chart.banner).toHaveAttribute('data-tall');
        const line = page.locator('div[aria-hidden="true"]').filter({ hasText: /Born/ });
        await page.getByText('Raw JSON').first().scrollIntoViewIfNeeded();
        await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
        await expect(line).toBeInViewport({ ratio: 1 });
        const box = (await line.boundingBox())!;
        expect(box.height, 'leaves room for the page').toBeLessThan(88);
        for (const fact of [
          ...facts,
          ...('deceasedDateTime' in lived ? [/^Died 01-Mar-2024$/] : []),
        ]) {
          const part = line.locator('> *').filter({ hasText: fact });
          await expect(part).toHaveCount(1);
          // Measures the text, because the box around it may cut it off.
          const at = await part.evaluate((element) => {
            const range = document.createRange();
            range.selectNodeContents(element);
            const { left, right, top, bottom } = range.getBoundingClientRect();
            return { left, right, top, bottom };
          });
          const where = `${fact} at ${size.width}`;
          expect(at.left, where).toBeGreaterThanOrEqual(box.x);
          expect(at.right, where).toBeLessThanOrEqual(box.x + box.width);
          expect(at.top, where).toBeGreaterThanOrEqual(box.y);
          expect(at.bottom, where).toBeLessThanOrEqual(box.y + box.height);
        }
        await expect(line.locator('strong')).toHaveAttribute('title', /WOLFESCHLEGEL.*Philippa-6/);
      }
  });

  test('is printed once, at the top', async ({ app, page }) => {
    await app.open('/patients/p0001');
    await page.emulateMedia({ media: 'print' });
    await expect(app.chart.banner).toBeVisible();
    expect(await app.chart.banner.evaluate((b) => getComputedStyle(b).position)).toBe('static');
    await expect(app.chart.navigation).toBeHidden();
  });
});
