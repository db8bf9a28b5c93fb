import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright/test';
import type { LaunchContext } from '#sandbox/oauth/launch-context.ts';
import { expect, test } from './fixtures.ts';
import type { App } from './support/app.ts';
import { expectAccessible } from './support/axe.ts';
import type { Guard } from './support/guard.ts';

const PATIENT = 'p0001';
const ENCOUNTER = 'p0001-encounter-2';

async function launched(app: App, context: LaunchContext = { patient: PATIENT }): Promise<void> {
  await app.page.goto(app.stage.launchUrl(context));
  // Several pages follow each other, and the first test of a worker starts with cold servers.
  await expect(app.shell.signOut).toBeVisible({ timeout: 20_000 });
}

/** The path and query of every FHIR request so far, preflights left out. */
const asked = (app: App): string[] =>
  app.stage.sandbox.fhir.log
    .filter(({ method }) => method !== 'OPTIONS')
    .map(({ path, query }) => `${path}?${query}`);

test.describe('the launched encounter', () => {
  test('stands in the banner area and has a page of its own', async ({ app, page, sandbox }) => {
    const left = { location: { display: 'Resuscitation' }, period: { end: '2020-08-24' } };
    sandbox.fhir.faults.add({
      path: new RegExp(`/Encounter/${ENCOUNTER}$`),
      rewrite: (body) => {
        const { location } = body as { location: object[] };
        return { ...(body as object), location: [left, ...location] };
      },
    });
    await launched(app, { patient: PATIENT, encounter: ENCOUNTER });
    const bar = page.getByRole('region', { name: 'Current encounter' });
    for (const label of ['Class', 'Type', 'Period', 'Location', 'Practitioner', 'Status'])
      await expect(bar).toContainText(label);
    await expect(bar).not.toContainText('Resuscitation');
    sandbox.fhir.log.length = 0;
    await bar.getByRole('link', { name: 'Current encounter' }).click();
    await expect(page).toHaveURL(new RegExp(`/encounters/${ENCOUNTER}$`));
    const facts = page.getByRole('region', { name: 'Encounter', exact: true });
    await expect(facts).toContainText('25-Aug-2020');
    await expect(facts).toContainText('Resuscitation (until 24-Aug-2020)');
    await page.getByRole('region', { name: 'Notes and reports' }).scrollIntoViewIfNeeded();
    for (const name of ['Observations', 'Conditions', 'Orders', 'Notes and reports'])
      await expect(page.getByRole('region', { name })).toBeVisible();
    await expect(page.getByRole('table', { name: 'Observations' })).toContainText('mmHg');
    await expect(page.getByRole('table', { name: 'Medications' })).toContainText('Tablet');
    await expect(page.getByText('Nothing recorded').first()).toBeVisible();
    const searches = asked(app).filter((text) => text.includes('encounter='));
    expect(searches.length).toBeLessThanOrEqual(6);
    for (const search of searches) expect(search).toContain(`patient=${PATIENT}`);
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 800 });
    await expectAccessible(page, 'the encounter on a phone');
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(
      true,
    );
  });

  test('its page is linked from the encounters of the chart', async ({ app, page }) => {
    await app.open(`/patients/${PATIENT}/encounters`);
    const first = page.getByRole('table', { name: 'Encounters' }).getByRole('link').first();
    await first.focus();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/encounters\/p0001-encounter-\d+$/);
    await expect(page.getByRole('heading', { level: 2 }).first()).toBeFocused();
    const taken = page.getByRole('region', { name: 'Drugs taken' });
    await taken.scrollIntoViewIfNeeded();
    await expect(taken.getByRole('row')).toHaveCount(2);
    await expect(taken).toContainText('Ibuprofen');
    await page.getByRole('link', { name: 'All encounters' }).click();
    await expect(page).toHaveURL(/\/encounters$/);
  });

  test('each section fails by itself', async ({ app, page, sandbox }) => {
    sandbox.fhir.faults.add({ path: /Condition\?.*encounter=/, status: 500, body: 'oops' });
    await app.open(`/patients/${PATIENT}/encounters/${ENCOUNTER}`);
    const conditions = page.getByRole('region', { name: 'Conditions' });
    await conditions.scrollIntoViewIfNeeded();
    await expect(conditions.getByRole('alert')).toBeVisible({ timeout: 20_000 });
    await expect(page.getByRole('table', { name: 'Observations' })).toBeVisible();
  });

  test('a server that ignores the search parameter adds nothing foreign', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.fhir.faults.add({
      path: /Observation\?.*encounter=/,
      rewrite: (body) => {
        const bundle = body as { entry?: { resource: { encounter?: unknown } }[] };
        for (const { resource } of bundle.entry ?? [])
          resource.encounter = { reference: 'Encounter/another' };
        return bundle;
      },
    });
    await app.open(`/patients/${PATIENT}/encounters/${ENCOUNTER}`);
    const section = page.getByRole('region', { name: 'Observations' });
    await expect(section).toContainText('Records that do not name this encounter');
    await expect(section).toContainText('Records may be missing here.');
    await expect(section.getByRole('table')).toHaveCount(0);
  });

  test('an encounter that the server does not give', async ({ app, page, sandbox }) => {
    await app.open(`/patients/${PATIENT}`);
    for (const [status, words] of [
      [403, 'You may not see this encounter.'],
      [404, 'The server has no encounter with this id.'],
      [410, 'This encounter was deleted.'],
      [500, 'The encounter could not be loaded.'],
    ] as const) {
      await test.step(`${status}`, async () => {
        sandbox.fhir.faults.clear();
        sandbox.fhir.faults.add({ path: /\/Encounter\/p0001/, status, body: {} });
        await page.goto(`/patients/${PATIENT}/encounters/${ENCOUNTER}`);
        await expect(page.getByRole('alert')).toContainText(words, { timeout: 20_000 });
        await expect(app.chart.banner).toBeVisible();
        await expect(page.getByRole('region', { name: 'Observations' })).toHaveCount(0);
        await expect(page.getByRole('link', { name: 'All encounters' })).toBeVisible();
      });
    }
  });

  test('a section has pages of its own', async ({ app, page, sandbox }) => {
    const entry = Array.from({ length: 30 }, (_, n) => ({
      resource: {
        resourceType: 'Observation',
        status: 'final',
        code: { text: `Reading ${n}` },
        subject: { reference: `Patient/${PATIENT}` },
        encounter: { reference: `Encounter/${ENCOUNTER}` },
        effectiveDateTime: '2020-08-24T15:10:00Z',
        valueInteger: n,
      },
    }));
    for (const { resource } of entry) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other, as a device would
      const { status } = await fetch(`${sandbox.open}/Observation`, {
        method: 'POST',
        headers: { 'content-type': 'application/fhir+json' },
        body: JSON.stringify(resource),
      });
      expect(status).toBe(201);
    }
    await app.open(`/patients/${PATIENT}/encounters/${ENCOUNTER}`);
    const section = page.getByRole('region', { name: 'Observations' });
    await expect(section.getByRole('row')).toHaveCount(26);
    const first = await section.getByRole('rowheader').allInnerTexts();
    await section.getByRole('button', { name: 'Next page' }).click();
    await expect(section.getByRole('row')).toHaveCount(12);
    const second = await section.getByRole('rowheader').allInnerTexts();
    expect(first.filter((name) => name.startsWith('Reading') && second.includes(name))).toEqual([]);
    await section.getByRole('button', { name: 'Previous page' }).click();
    await expect(section.getByRole('row')).toHaveCount(26);
    await expect(page.getByRole('region', { name: 'Conditions' })).toContainText('Hyperlipidemia');
  });

  test('an encounter of another patient is said and not shown', async ({ app, page }) => {
    await launched(app, { patient: PATIENT, encounter: 'p0002-encounter-1' });
    await expect(app.chart.banner).toBeVisible();
    await expect(app.chart.alert.first()).toBeVisible();
    await expect(page.getByRole('region', { name: 'Current encounter' })).toHaveCount(0);
    await page.context().clearCookies();
    await page.goto('/');
    const other = await page.context().newPage();
    await app.in(other).open(`/patients/${PATIENT}/encounters/p0002-encounter-1`);
    await expect(other.getByRole('alert')).toContainText('belongs to another patient');
    await expect(other.getByRole('region', { name: 'Observations' })).toHaveCount(0);
  });
});

test.describe('who and what for', () => {
  test('fhirUser and practitioner by name, the intent as it was given', async ({ app, page }) => {
    await launched(app, {
      patient: PATIENT,
      practitioner: 'dr-moreau',
      intent: 'reconcile-medications',
    });
    await expect(app.shell.main).toContainText('Signed in at the EHR');
    await expect(app.shell.main).toContainText('MOREAU, Étienne (Dr)');
    await expect(app.shell.main).toContainText('reconcile-medications');
    await app.chart.navigation.getByRole('link', { name: 'Conditions' }).click();
    await expect(page).toHaveURL(/conditions$/);
    await app.chart.navigation.getByRole('link', { name: 'Summary' }).click();
    expect(asked(app).filter((text) => text.includes('/Practitioner/'))).toHaveLength(1);
  });

  test('a practitioner that the server does not give is no error', async ({
    afresh,
    app,
    sandbox,
  }) => {
    for (const status of [403, 404]) {
      await afresh(`${status}`, async () => {
        sandbox.fhir.faults.add({ path: /\/Practitioner\//, status, body: {} });
        sandbox.ehr.control.mutate = (response) => ({ ...response, practitioner: 'dr-unknown' });
        await launched(app);
        await expect(app.chart.banner).toBeVisible();
        await expect(app.shell.main).toContainText('Name not available');
        await expect(app.chart.alert).toHaveCount(0);
      });
    }
  });
});

test.describe('a launch that cannot show its patient', () => {
  test('refused', async ({ app, sandbox, page }) => {
    sandbox.ehr.control.mutate = (response) => ({ ...response, patient: 'p0002' });
    await launched(app);
    await expect(app.chart.heading).toHaveText('Patient not available');
    await expect(app.shell.alert).toContainText('does not let you see');
    await expect(app.chart.banner).toHaveCount(0);
    await expect(app.shell.main).toContainText('open this app from there again');
    await expectAccessible(page);
  });

  test('unknown', async ({ app }) => {
    await launched(app, { patient: 'nobody' });
    await expect(app.chart.heading).toHaveText('Patient not found');
    await expect(app.shell.alert).toContainText('the server does not know');
    await expect(app.chart.banner).toHaveCount(0);
  });

  test('deleted', async ({ app, sandbox }) => {
    await fetch(`${sandbox.open}/Patient/p0030`, { method: 'DELETE' });
    await launched(app, { patient: 'p0030' });
    await expect(app.chart.heading).toHaveText('Patient deleted');
    await expect(app.shell.alert).toContainText('record was deleted');
  });

  test('none named: the list, which says so', async ({ app, page, sandbox, stage }) => {
    const config = sandbox.appConfig();
    for (const issuer of config.smartLaunch.issuers) issuer.scope = 'launch openid user/*.rs';
    stage.host.setConfig(config);
    await launched(app, {});
    await expect(page).toHaveURL(/\/patients$/);
    await expect(app.list.heading).toBeVisible();
    await expect(app.chart.banner).toHaveCount(0);
    const note = page.getByText('The EHR opened this app without a patient.');
    await expect(note).toBeVisible();
    await expect(app.shell.main).toContainText('open the patient in the EHR first');
    await app.listIsFilled();
    await expectAccessible(page);
    await app.list.patients.first().click();
    await expect(app.chart.banner).toBeVisible();
    await expect(note).toHaveCount(0);
  });

  test('standalone and open sign-ins say nothing of an EHR', async ({ app, page }) => {
    await app.openList('ehr');
    await expect(page.getByText('The EHR opened this app')).toHaveCount(0);
  });

  test('gone on to a patient that the launch does not cover', async ({ app, page }) => {
    await launched(app);
    await expect(app.chart.banner).toBeVisible();
    await page.goto('/patients/p0002');
    await expect(app.chart.heading).toHaveText('Patient not available');
    await page.getByRole('link', { name: 'Open the EHR’s patient' }).click();
    await expect(page).toHaveURL(new RegExp(`/patients/${PATIENT}$`));
    await expect(app.chart.banner).toBeVisible();
  });
});

test('standalone with launch/patient opens the patient that was chosen', async ({ app, page }) => {
  const config = app.stage.sandbox.appConfig();
  for (const { auth } of config.servers)
    if (auth.type === 'smart')
      Object.assign(auth, { scope: 'launch/patient openid fhirUser patient/*.rs' });
  app.stage.host.setConfig(config);
  await page.goto('/');
  await app.trySignIn('ehr', undefined);
  await page
    .getByRole('button', { name: /p0001/ })
    .or(page.locator('[name=patient]'))
    .first()
    .click();
  await expect(app.chart.banner).toBeVisible();
  await expect(page).toHaveURL(/\/patients\/[^/]+$/);
  await expect(page.getByText('The EHR has another patient open')).toHaveCount(0);
});

interface Frame {
  readonly text: string;
  /** The text around the banner: everything of one patient's page. Empty on other pages. */
  readonly chart: string;
  readonly path: string;
}

/** Keeps every text that the page ever shows, across its loads. */
async function recordTexts(page: Page, banner = 'none'): Promise<Frame[]> {
  const seen: Frame[] = [];
  await page.exposeFunction('recordFrame', (frame: Frame) => seen.push(frame));
  await page.addInitScript((selector) => {
    const { recordFrame } = globalThis as unknown as { recordFrame: (frame: Frame) => void };
    let last = '';
    const look = (): void => {
      const text = `${document.title}\n${document.body?.textContent ?? ''}`;
      const chart = document.querySelector(selector)?.parentElement?.textContent ?? '';
      if (text !== last) recordFrame({ text, chart, path: location.pathname });
      last = text;
    };
    new MutationObserver(look).observe(document, {
      childList: true,
      subtree: true,
      characterData: true,
    });
  }, banner);
  return seen;
}

test.describe('no mixing up', () => {
  test('requirement 44: a relaunch: no frame of the new launch shows the old patient', async ({
    app,
    page,
  }) => {
    const seen = await recordTexts(page);
    await launched(app);
    await expect(app.chart.banner).toBeVisible();
    const first = await app.chart.name();
    expect(seen.some(({ text }) => text.includes(first))).toBe(true);
    await page.waitForLoadState('networkidle');
    seen.length = 0;
    await launched(app, { patient: 'p0002' });
    await expect(app.chart.banner).toBeVisible();
    const second = await app.chart.name();
    await page.waitForLoadState('networkidle');
    expect(second).not.toBe(first);
    expect(seen.some(({ text }) => text.includes(second))).toBe(true);
    expect(seen.filter(({ text }) => text.includes(first))).toEqual([]);
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain(PATIENT);
  });

  test('from one patient to the next no frame holds both', async ({ app, page }) => {
    const seen = await recordTexts(page, '[aria-label="Patient banner"]');
    await app.openList();
    const names = await app.list.patients.allInnerTexts();
    const [first = '', second = ''] = names.map((name) => name.trim().split('\n')[0]);
    await app.list.patients.nth(0).click();
    await expect(app.chart.heading).toContainText(first);
    await page.goBack();
    await app.list.patients.nth(1).click();
    await expect(app.chart.heading).toContainText(second);
    await app.chart.navigation.getByRole('link', { name: 'Conditions' }).click();
    await page.goBack();
    await page.goBack();
    await app.listIsFilled();
    await app.list.patients.nth(0).click();
    await expect(app.chart.heading).toContainText(first);
    const charts = seen.filter(({ chart }) => chart !== '');
    expect(charts.length).toBeGreaterThan(4);
    const ofPath = new Map<string, Set<string>>();
    for (const { chart, path } of charts) {
      const shown = [first, second].filter((name) => chart.includes(name));
      expect(shown).toHaveLength(1);
      const id = /(?<=patients\/)[^/]+/.exec(path)?.[0];
      if (id !== undefined) ofPath.set(id, (ofPath.get(id) ?? new Set()).add(shown[0]!));
    }
    for (const [id, shown] of ofPath) expect([...shown], id).toHaveLength(1);
  });

  test("a jump from one patient's form to another's brings the form along", async ({
    app,
    page,
  }) => {
    const family = page.getByLabel('Family name').first();
    const opened: string[] = [];
    await app.openList();
    for (const row of [0, 1]) {
      await app.listIsFilled();
      await app.list.patients.nth(row).click();
      await app.chart.edit.click();
      opened.push(await family.inputValue());
      if (row === 0) await app.shell.patients.click();
    }
    expect(new Set(opened).size).toBe(2);
    await page.evaluate(() => history.go(-3)); // a long press on Back: over list and chart
    await expect(page).toHaveURL(/p0001\/edit$/);
    await expect(family).toHaveValue(opened[0] ?? '');
    const name = await app.chart.name();
    expect(name.toLocaleLowerCase()).toContain(opened[0]?.toLocaleLowerCase());
  });

  test('an answer about another patient is shown nowhere: neither a record nor a row', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.fhir.faults.add({
      path: /\/(Condition|AllergyIntolerance)\?/,
      rewrite: (body) => {
        const bundle = body as { entry?: { resource: Record<string, unknown> }[] };
        for (const { resource } of bundle.entry?.slice(0, 1) ?? [])
          Object.assign(resource, {
            subject: { reference: 'Patient/p0002' },
            patient: { reference: 'Patient/p0002' },
            code: { text: 'CANARY OF ANOTHER' },
          });
        return bundle;
      },
    });
    await app.open('/patients/p0001/conditions');
    await expect(page.getByRole('alert')).toContainText(
      'The server sent a record of another patient',
    );
    await expect(page.getByRole('table', { name: 'Conditions' })).toBeVisible();
    await expect(page.getByText('CANARY')).toHaveCount(0);
    // What cannot be relied on is never called "none", nor complete.
    await expect(app.chart.banner).toContainText(/Known allergies.*\(there may be more\)/);
    sandbox.fhir.faults.clear();
    sandbox.fhir.faults.add({
      path: /\/Patient\/p0001$/,
      rewrite: (body) => ({ ...(body as object), id: 'p0002' }),
    });
    await page.goto('/patients/p0001');
    await expect(app.chart.heading).toHaveText('Patient could not be loaded');
    await expect(app.chart.banner).toHaveCount(0);
  });

  test('another patient in another tab is said in both, without a name', async ({
    app,
    context,
    page,
  }) => {
    await app.open('/patients/p0001');
    const name = await app.chart.name();
    await page.evaluate(() => {
      const heard: string[] = [];
      Reflect.set(globalThis, 'heard', heard);
      new BroadcastChannel('pb.patients').addEventListener('message', (event) =>
        heard.push(JSON.stringify(event.data)),
      );
    });
    const other = app.in(await context.newPage());
    await other.open('/patients/p0002');
    const theirs = await other.chart.name();
    const note = 'Another patient is open in another tab.';
    await expect(page.getByText(note).first()).toBeVisible();
    await expect(other.page.getByText(note).first()).toBeVisible();
    for (const tab of [page, other.page])
      await expect(tab.locator('[aria-live=polite]').filter({ hasText: note })).toHaveCount(1);
    const heard = (await page.evaluate(() => Reflect.get(globalThis, 'heard') as string[])).join(
      '\n',
    );
    expect(heard).toContain('"here"');
    for (const word of ['p0001', 'p0002', name, theirs]) expect(heard).not.toContain(word);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Hide this note' }).click();
    await expect(page.getByRole('button', { name: 'Hide this note' })).toHaveCount(0);
    await page.reload();
    await expect(page.getByRole('button', { name: 'Hide this note' })).toBeVisible();
    await other.page.goto('/patients/p0001');
    await expect(other.chart.heading).toHaveText(name);
    await expect(page.getByRole('button', { name: 'Hide this note' })).toHaveCount(0);
  });
});

test.describe('the banner', () => {
  test('states that change what one may do: words beside the name, and no Edit when merged', async ({
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

  test('ages by how old somebody is; what is not known is said', async ({ app, page }) => {
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
    await page.goto('/patients/awkward-future-birth-date');
    await expect(app.chart.banner).toContainText('Birth date in the future');
  });

  test('the preferred name below the name, and further numbers with their type on demand', async ({
    app,
    page,
    sandbox,
  }) => {
    const patient = (await (await fetch(`${sandbox.open}/Patient/p0001`)).json()) as {
      name: object[];
    };
    patient.name = [
      { use: 'usual', given: ['Janie'] },
      { use: 'official', family: 'Evans-West', given: ['Mary', 'Jane'], prefix: ['Mrs'] },
    ];
    await fetch(`${sandbox.open}/Patient/p0001`, {
      method: 'PUT',
      headers: { 'content-type': 'application/fhir+json' },
      body: JSON.stringify(patient),
    });
    await app.open('/patients/p0001');
    await expect(app.chart.heading).toHaveText('EVANS-WEST, Mary Jane (Mrs)');
    await expect(app.chart.banner).toContainText(/Preferred name\s*Janie/);
    await expect(page).toHaveTitle(/^Chart EMJ · /);
    await expect(app.chart.banner).not.toContainText('National health number');
    await app.chart.banner.getByRole('button', { name: 'Show more' }).click();
    await expect(app.chart.banner).toContainText(/National health number\s*\d{3}/);
    await expect(app.chart.banner).not.toContainText('p0001');
  });

  test('exactly one of the four allergy states', async ({ app, page, sandbox }) => {
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

  test('a record that replaces another names it; a lost survivor is said', async ({
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

  test('in the wide chart every part is in sight, wherever the page is scrolled to', async ({
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
    // On a phone one line, which scrolls sideways.
    await page.setViewportSize({ width: 390, height: 800 });
    const { height } = (await app.chart.navigation.boundingBox()) ?? { height: 0 };
    const [link] = await links.all();
    expect(height).toBeLessThan(1.5 * ((await link?.boundingBox())?.height ?? 0));
  });

  test('order: name, birth, gender, number; every label has its meaning', async ({ app }) => {
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

  test('never covers what has the focus', async ({ app, page }) => {
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

  test('at 200 % zoom and on a phone the patient stays in sight and nothing scrolls sideways', async ({
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

  test('prints once, at the top', async ({ app, page }) => {
    await app.open('/patients/p0001');
    await page.emulateMedia({ media: 'print' });
    await expect(app.chart.banner).toBeVisible();
    expect(await app.chart.banner.evaluate((b) => getComputedStyle(b).position)).toBe('static');
    await expect(app.chart.navigation).toBeHidden();
  });
});

test.describe('requirement 48: the look of the EHR', () => {
  const property = (page: Page, name: string): Promise<string> =>
    page.evaluate((n) => document.documentElement.style.getPropertyValue(n), name);

  async function launchedWithStyle(app: App, path = '/style.json'): Promise<void> {
    const config = app.stage.sandbox.appConfig();
    for (const issuer of config.smartLaunch.issuers)
      issuer.endpointOrigins.push(app.stage.attacker.origin);
    app.stage.host.setConfig(config);
    await launched(app, {
      patient: PATIENT,
      smart_style_url: `${app.stage.attacker.origin}${path}`,
    });
    await expect(app.chart.banner).toBeVisible();
  }

  test('is asked for without credentials and taken on where it can be read', async ({
    app,
    attacker,
    guard,
    page,
  }) => {
    guard.allowOrigin(attacker.origin);
    attacker.serve(
      '/style.json',
      'application/json',
      JSON.stringify({ color_background: '#fafafa', dim_border_radius: '2px' }),
    );
    await launchedWithStyle(app);
    await expect.poll(() => property(page, '--bg')).toBe('#fafafa');
    expect(await property(page, '--radius')).toBe('2px');
    expect(attacker.visits).toHaveLength(1);
    const { headers, method } = attacker.visits[0]!;
    expect(method).toBe('GET');
    for (const name of ['authorization', 'cookie', 'referer'])
      expect(headers[name]).toBeUndefined();
    await page.goto('/patients');
    await expect.poll(() => property(page, '--bg')).toBe('');
  });

  test('what is no style document is ignored', async ({ afresh, app, attacker, guard, page }) => {
    guard.allowOrigin(attacker.origin);
    for (const [name, body] of [
      ['values of the wrong form', '{"color_background":"url(//evil)","color_highlight":"red;x"}'],
      ['colours that hide the text', '{"color_background":"#222222","color_highlight":"#ffff00"}'],
      ['no JSON', '<html>'],
      ['far too long', `{"color_background":"#fafafa","x":"${'x'.repeat(30_000)}"}`],
    ] as const) {
      await afresh(name, async () => {
        attacker.serve('/style.json', 'application/json', body);
        await launchedWithStyle(app);
        await expect.poll(() => attacker.visits.length).toBe(1);
        await page.waitForTimeout(300);
        const set = await page.evaluate(() => document.documentElement.style.length);
        expect(set).toBeLessThanOrEqual(1); // scroll-padding-top
        await expect(app.chart.alert).toHaveCount(0);
      });
    }
  });

  /** An EHR's web server with a mind of its own. */
  async function styleServer(app: App, guard: Guard, answer: RequestListener): Promise<Server> {
    const server = createServer((request, response) => {
      response.setHeader('Access-Control-Allow-Origin', '*');
      response.setHeader('Content-Type', 'application/json');
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
    guard.allowOrigin(origin);
    guard.allowError(/net::ERR|Failed to load resource/);
    const config = app.stage.sandbox.appConfig();
    for (const issuer of config.smartLaunch.issuers) issuer.endpointOrigins.push(origin);
    app.stage.host.setConfig(config);
    await launched(app, { patient: PATIENT, smart_style_url: `${origin}/style.json` });
    await expect(app.chart.banner).toBeVisible();
    return server;
  }

  test('a redirect is not followed', async ({ app, guard, page }) => {
    const asked: (string | undefined)[] = [];
    const server = await styleServer(app, guard, ({ url }, response) => {
      asked.push(url);
      if (url === '/style.json') response.writeHead(302, { Location: '/other.json' }).end();
      else response.end('{"color_background":"#fafafa"}');
    });
    await expect.poll(() => asked).toEqual(['/style.json']);
    await page.waitForLoadState('networkidle');
    expect(asked).toEqual(['/style.json']);
    expect(await property(page, '--bg')).toBe('');
    await expect(app.chart.alert).toHaveCount(0);
    server.close();
  });

  for (const [name, head] of [
    ['that never answers', false],
    ['that never ends its answer', true],
  ] as const) {
    test(`a server ${name} is given three seconds, and the chart does not wait`, async ({
      app,
      guard,
      page,
      sandbox,
    }) => {
      let waited: number | undefined;
      let asked = '';
      const server = await styleServer(app, guard, (_request, response) => {
        const from = performance.now();
        response.on('close', () => {
          waited = performance.now() - from;
          asked = sandbox.fhir.log.map(({ path }) => path).join();
        });
        if (head) response.write('{"color_background":"#fafafa"');
      });
      await expect(app.chart.navigation).toBeVisible();
      await expect.poll(() => waited, { timeout: 15_000 }).toBeGreaterThan(2000);
      expect(asked, 'what the chart had asked for by then').toContain(`/Patient/${PATIENT}`);
      expect(asked).toContain('/Condition');
      expect(await property(page, '--bg')).toBe('');
      await expect(app.chart.alert).toHaveCount(0);
      server.closeAllConnections();
      server.close();
    });
  }

  test('each value stands by itself; what would hide text is left out, whatever the colour scheme', async ({
    app,
    attacker,
    guard,
    page,
  }) => {
    guard.allowOrigin(attacker.origin);
    attacker.serve(
      '/style.json',
      'application/json',
      JSON.stringify({
        color_background: '#fafafa',
        color_highlight: '#ffee00', // no text in it could be read
        dim_border_radius: '900px',
        font_family_body: 'x; background: url(//evil.example)',
      }),
    );
    await launchedWithStyle(app);
    await expect.poll(() => property(page, '--bg')).toBe('#fafafa');
    expect(await property(page, '--accent')).toBe('');
    expect(await property(page, '--radius')).toBe('');
    expect(guard.requests.filter((url) => url.includes('evil.example'))).toEqual([]);
    await expectAccessible(page, 'the chart in the colours of the EHR');
    // Light text on that background could not be read.
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(() => property(page, '--bg')).toBe('');
    await expectAccessible(page, 'the chart in the dark');
  });

  test('an address in the clear is not asked at all', async ({ app, page, guard }) => {
    await launched(app, { patient: PATIENT, smart_style_url: 'http://style.example/a.json' });
    await expect(app.chart.banner).toBeVisible();
    await page.waitForTimeout(300);
    expect(guard.requests.filter((url) => url.includes('style.example'))).toEqual([]);
  });
});
