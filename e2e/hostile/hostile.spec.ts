import type { Bundle } from 'fhir/r4';
import { expect, test } from '../fixtures.ts';
import { stands } from '../support/hostile.ts';
import { withoutSignIn } from '../support/languages.ts';
import { settled } from '../support/settled.ts';

/** A part of each patient's name, which the banner of every page shows as it was sent. */
const HOSTILE = {
  hostile: '<img src=x onerror="globalThis.__xss=1">',
  'hostile-bidi': '\u202Enhoj\u202C gnoW',
  'hostile-long': 'X'.repeat(1_000),
  'hostile-unicode': '𝕱𝖗𝖆𝖐',
  'hostile-control': "'; DROP TABLE Patient; --",
  'hostile-proto': '__proto__',
};
/** Text of the first patient's records that the page at each path must show, too. */
const PATHS = {
  '': '<img src=x onerror="globalThis.__xss=20">',
  '/edit': '',
  '/history': '',
  '/conditions': '<img src=x onerror="globalThis.__xss=20">',
  // This text comes with the code that shows attachments.
  '/documents': 'cannot be shown here (application/pdf)',
};

test.describe('hostile data', () => {
  test('requirements 51, 52, 53, 55: no data runs as script, loads anything or becomes a dangerous link', async ({
    app,
    guard,
    page,
    stage,
  }) => {
    test.setTimeout(120_000);
    withoutSignIn(stage);
    let dialogs = 0;
    page.on('dialog', (dialog) => {
      dialogs += 1;
      void dialog.dismiss();
    });
    for (const [id, name] of Object.entries(HOSTILE)) {
      for (const [path, text] of Object.entries(PATHS)) {
        await page.goto(`/patients/awkward-${id}${path}`);
        await stands(app, id + path);
        await expect(app.chart.banner, id + path).toContainText(name, { ignoreCase: true });
        if (id === 'hostile' && text)
          await expect(app.shell.main.getByText(text).first(), path).toBeVisible();
        const found = await page.evaluate(() => ({
          addresses: [...document.querySelectorAll('a[href], area[href]')]
            .map((a) => a.getAttribute('href') ?? '')
            .filter((href) => /^\s*(javascript|data|vbscript|blob):/i.test(href)),
          loaders: document.querySelectorAll(
            'main :is(script, iframe, object, embed, base, meta, form[action], img[src="x"], svg[onload])',
          ).length,
          handlers: [...document.querySelectorAll('main *')].filter((e) =>
            [...e.attributes].some((a) => /^on/i.test(a.name)),
          ).length,
          polluted: (Object.prototype as { polluted?: unknown }).polluted,
          width: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        }));
        expect(found, id + path).toEqual({
          addresses: [],
          loaders: 0,
          handlers: 0,
          polluted: undefined,
          width: expect.any(Number),
        });
        expect(found.width, `${id}${path}: no sideways scrolling`).toBeLessThanOrEqual(1);
        await guard.verify();
      }
    }
    expect(dialogs).toBe(0);
  });

  test('requirement 52: hostile names are text in the list, which does not scroll sideways', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.openList();
    for (const [typed, name] of [
      ['<img', '<img src=x onerror="globalThis.__xss=1">'],
      ['__proto__', '__proto__'],
      ['Tab', 'Tab New Line'],
      ['LongLong', 'X'.repeat(1_000)],
      ['Patient/awkward-hostile-bidi', '\u202Enhoj\u202C gnoW'],
    ] as const) {
      await app.list.box.fill(typed);
      await app.list.searchButton.click();
      await settled(page, sandbox);
      await expect(app.list.rows, typed).toHaveCount(1);
      await expect(app.list.rows, typed).toContainText(name, { ignoreCase: true });
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
        typed,
      ).toBeLessThanOrEqual(1);
    }
  });

  test('requirement 56: wrong types in a bundle leave the readable rows in the list', async ({
    app,
    sandbox,
  }) => {
    sandbox.fhir.faults.add({
      path: /\/Patient(\?|$)/,
      rewrite: (body) => {
        const bundle = body as Bundle;
        return {
          ...bundle,
          total: 'many',
          entry: [
            null,
            {},
            { resource: null },
            { resource: { resourceType: 'Patient', id: '../x', name: [{ family: 'Badid' }] } },
            { resource: { resourceType: 'Patient', id: 'n1', name: 'text' } },
            { resource: { resourceType: 'Patient', id: 'n2', name: { family: 'Object' } } },
            {
              resource: {
                resourceType: 'Patient',
                id: 'n3',
                name: [null, { given: 'notarray', family: 7 }],
                telecom: {},
                identifier: 'x',
                birthDate: 19,
              },
            },
            { resource: { resourceType: 'Observation', id: 'o1' } },
            JSON.parse(
              '{"resource":{"resourceType":"Patient","id":"n4","__proto__":{"polluted":1},"name":[{"family":"Proto"}]}}',
            ),
            ...(bundle.entry ?? []),
            ...(bundle.entry ?? []),
          ],
        };
      },
    });
    await app.openList();
    await expect(app.list.heading).toBeVisible();
    expect((await app.names()).length).toBeGreaterThanOrEqual(10);
    await expect(app.list.table.locator('a[href*=".."]')).toHaveCount(0);
    expect(
      await app.page.evaluate(() => (Object.prototype as { polluted?: unknown }).polluted),
    ).toBeUndefined();
  });

  test('requirement 56: a patient with wrong types opens a chart, not a blank page', async ({
    app,
    sandbox,
  }) => {
    sandbox.fhir.faults.add({
      path: /\/Patient\/p0001(\?|$)/,
      rewrite: () => ({
        resourceType: 'Patient',
        id: 'p0001',
        name: 'x',
        telecom: 7,
        address: [null],
        identifier: {},
        contact: [7],
        communication: 'x',
        meta: [],
        photo: {},
        link: [null],
        birthDate: {},
        deceasedDateTime: 5,
        gender: [],
      }),
    });
    await app.open('/patients/p0001');
    await stands(app, 'a patient of wrong types');
    await expect(app.chart.heading).toHaveText('x', { ignoreCase: true });
    await expect(app.chart.banner).toContainText(/Born\s*Not Known/);
    await expect(app.chart.navigation).toBeVisible();
  });

  test('requirement 59: a message of the server is shown as text and shortened', async ({
    app,
    sandbox,
  }) => {
    sandbox.fhir.faults.add({
      path: /\/Patient(\?|$)/,
      status: 400,
      body: {
        resourceType: 'OperationOutcome',
        issue: [
          {
            severity: 'error',
            code: 'invalid',
            diagnostics: `<img src=x onerror=globalThis.__xss=1> ${'long '.repeat(5_000)}`,
          },
        ],
      },
    });
    await app.open('/patients');
    await expect(app.shell.alert).toContainText('<img src=x');
    await expect(app.shell.alert.locator('img')).toHaveCount(0);
    expect((await app.shell.alert.innerText()).length).toBeLessThan(4_000);
  });
});
