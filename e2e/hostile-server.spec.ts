import type { Bundle, BundleEntry, FhirResource, Patient } from 'fhir/r4';
import type { Page } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import type { App } from './support/app.ts';
import type { Stage } from './support/stage.ts';

/**
 * A FHIR server that means harm, or has broken down in the worst way: each costs a message that says
 * what happened, and the page goes on answering.
 */

const SLOW = { timeout: 25_000 };
const SEARCH = /\/Patient(\?|$)/;
const ONE = /\/Patient\/p0001(\?|$)/;

/** Gives an answer two seconds, so that a test need not wait for a minute. */
function hurry({ host, sandbox }: Stage): void {
  const config = sandbox.appConfig();
  const servers = config.servers.map((server) => ({ ...server, requests: { timeoutSeconds: 2 } }));
  host.setConfig({ ...config, servers });
}

/** The page as it is, without a reload, still does what it is for. */
async function answers({ list, shell }: App): Promise<void> {
  await shell.patients.click(SLOW);
  await list.box.fill('Methusa', SLOW);
  await list.searchButton.click(SLOW);
  await expect(list.patient(/^ELDER/)).toBeVisible(SLOW);
}

const entries = (bundle: unknown): BundleEntry<FhirResource>[] =>
  (bundle as Bundle<FhirResource>).entry ?? [];

/** FHIR's own way to nest without end: an extension in an extension. */
const deep = (levels: number): string =>
  `${'{"url":"x","extension":['.repeat(levels)}${']}'.repeat(levels)}`;

test.describe('a hostile server: time', () => {
  test('a byte a second: the time limit ends it, and says so', async ({ app, sandbox, stage }) => {
    hurry(stage);
    const body = JSON.stringify({ resourceType: 'Bundle', type: 'searchset' });
    sandbox.fhir.faults.add({ path: SEARCH, connection: 'trickle', status: 200, body });
    sandbox.fhir.faults.add({ path: /metadata/, connection: 'trickle', status: 200, body });
    await app.open('/patients');
    await expect(app.shell.alert).toContainText('did not answer in time', SLOW);
    sandbox.fhir.faults.clear();
    await app.shell.alert.getByRole('button', { name: 'Try again' }).click();
    await app.listIsFilled();
    await answers(app);
  });

  test('a chart whose records trickle in: each part says so', async ({
    app,
    page,
    sandbox,
    stage,
  }) => {
    hurry(stage);
    const body = JSON.stringify({ resourceType: 'Bundle', type: 'searchset' });
    const path = /\/(?!Patient)[A-Z][A-Za-z]+\?/;
    sandbox.fhir.faults.add({ path, connection: 'trickle', status: 200, body });
    await app.open('/patients/p0001/conditions');
    await expect(app.chart.banner).toBeVisible();
    await expect(page.getByText('did not answer in time').first()).toBeVisible(SLOW);
    await answers(app);
  });

  test('no headers at all', async ({ app, sandbox, stage }) => {
    hurry(stage);
    sandbox.fhir.faults.add({ path: SEARCH, delay: 30_000 });
    await app.open('/patients');
    await expect(app.shell.alert).toContainText('did not answer in time', SLOW);
    sandbox.fhir.faults.clear();
    await answers(app);
  });
});

test.describe('a hostile server: size', () => {
  for (const [what, path] of [
    ['list', SEARCH],
    ['patient', ONE],
  ] as const) {
    test(`requirement 57: a ${what} without end is cut off while it comes`, async ({
      app,
      sandbox,
    }) => {
      const body = '{"resourceType":"Bundle","type":"searchset","entry":[';
      sandbox.fhir.faults.add({ path, connection: 'flood', status: 200, body });
      await app.open(what === 'list' ? '/patients' : '/patients/p0001');
      await expect(app.shell.alert.first()).toContainText('too long to read safely', SLOW);
      sandbox.fhir.faults.clear();
      await answers(app);
    });
  }

  test('requirement 57: a first page without end, asked for before the program is there', async ({
    app,
    page,
    sandbox,
    stage,
  }) => {
    const server = { id: 'open', label: 'Open', fhirBaseUrl: sandbox.open, auth: { type: 'open' } };
    stage.host.setConfig({ servers: [server] });
    const body = '{"resourceType":"Bundle","type":"searchset","entry":[';
    sandbox.fhir.faults.add({ path: SEARCH, connection: 'flood', status: 200, body });
    await page.goto('/patients');
    await expect(app.shell.alert).toContainText('too long to read safely', SLOW);
    sandbox.fhir.faults.clear();
    await answers(app);
  });

  test('requirement 57: 200 MB in one answer', async ({ app, sandbox }) => {
    const text = 'x'.repeat(1_000_000);
    const patient = JSON.stringify({ resource: { resourceType: 'Patient', id: 'p', text } });
    const body = `{"resourceType":"Bundle","entry":[${Array(200).fill(patient).join()}]}`;
    sandbox.fhir.faults.add({ path: SEARCH, status: 200, body });
    await app.open('/patients');
    await expect(app.shell.alert).toContainText('too long to read safely', SLOW);
    sandbox.fhir.faults.clear();
    await answers(app);
  });

  test('requirement 57: an error of 60 MB is an error still', async ({ app, sandbox }) => {
    sandbox.fhir.faults.add({
      path: SEARCH,
      status: 500,
      body: `{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"too-long","diagnostics":"${'x'.repeat(60_000_000)}"}]}`,
    });
    await app.open('/patients');
    await expect(app.shell.alert).toContainText('500', SLOW);
    sandbox.fhir.faults.clear();
    await answers(app);
  });

  test('requirement 57: 100,000 entries in one answer: some are shown, and that is said', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.fhir.faults.add({
      path: SEARCH,
      times: 1,
      rewrite: (body) => ({
        ...(body as Bundle),
        entry: Array.from({ length: 100_000 }, (_, i) => ({
          resource: { resourceType: 'Patient', id: `big${i}`, name: [{ family: `Big${i}` }] },
        })),
      }),
    });
    await app.open('/patients');
    await expect(app.list.patients.first().or(app.shell.alert)).toBeVisible(SLOW);
    await expect(page.getByText(/more patients than a page may hold/)).toBeVisible(SLOW);
    await answers(app);
  });

  test('requirement 57: 100,000 records in a panel', async ({ app, page, sandbox }) => {
    sandbox.fhir.faults.add({
      path: /\/Condition\?/,
      rewrite: (body) => {
        const subject = { reference: 'Patient/p0001' };
        return {
          ...(body as Bundle),
          entry: Array.from({ length: 100_000 }, (_, i) => ({
            resource: { resourceType: 'Condition', id: `c${i}`, subject, code: { text: `C${i}` } },
          })),
        };
      },
    });
    await app.open('/patients/p0001/conditions');
    await expect(app.chart.heading).toBeVisible(SLOW);
    await expect(page.getByRole('table').first()).toBeVisible(SLOW);
    await answers(app);
  });

  test('requirement 57: 100,000 names in a patient', async ({ app, page, sandbox }) => {
    sandbox.fhir.faults.add({
      path: ONE,
      rewrite: (body) => ({
        ...(body as Patient),
        name: Array.from({ length: 100_000 }, (_, i) => ({ family: `Many${i}` })),
      }),
    });
    await app.open('/patients/p0001');
    await expect(app.chart.heading).toBeVisible(SLOW);
    await page.getByRole('button', { name: 'Show more' }).click(SLOW);
    await expect(page.getByText('and 99,900 more')).toBeVisible(SLOW);
    await answers(app);
  });
});

test.describe('a hostile server: shape', () => {
  for (const levels of [10_000, 100_000])
    test(`requirement 57: a list of JSON ${levels} levels deep`, async ({ app, sandbox }) => {
      sandbox.fhir.faults.add({
        path: SEARCH,
        status: 200,
        body: `{"resourceType":"Bundle","type":"searchset","extension":${'['.repeat(levels)}${']'.repeat(levels)}}`,
      });
      await app.open('/patients');
      await expect(app.shell.alert.or(app.page.getByText(/no patient/i)).first()).toBeVisible(SLOW);
      sandbox.fhir.faults.clear();
      await answers(app);
    });

  test('requirement 57: a patient 10,000 levels deep: chart, JSON, history, form', async ({
    app,
    page,
    sandbox,
  }) => {
    const patient = `{"resourceType":"Patient","id":"p0001","meta":{"versionId":"1"},"name":[{"family":"Deep"}],"extension":[${deep(10_000)}],"contained":[${deep(10_000)}]}`;
    sandbox.fhir.faults.add({ path: ONE, status: 200, body: patient });
    sandbox.fhir.faults.add({ path: /p0001\/_history\/\d/, status: 200, body: patient });
    await app.open('/patients/p0001');
    await expect(app.chart.heading).toContainText('DEEP', SLOW);
    await page.getByText('Raw JSON', { exact: true }).click();
    await expect(page.locator('pre')).toContainText('"Deep"', SLOW);
    for (const path of ['/patients/p0001/history/1', '/patients/p0001/edit']) {
      await page.goto(path);
      await expect(app.chart.heading).toBeVisible(SLOW);
      await expect(app.shell.main).not.toBeEmpty();
    }
    await answers(app);
  });

  test('references that lead in a circle', async ({ app, page, sandbox }) => {
    const { store } = sandbox.fhir;
    const replace = (id: string, by: string): void => {
      const now = store.current('Patient', id) as Patient;
      const link = { other: { reference: `Patient/${by}` }, type: 'replaced-by' } as const;
      const contained = [
        { resourceType: 'Organization', id: 'a', partOf: { reference: '#b' } },
        { resourceType: 'Organization', id: 'b', partOf: { reference: '#a' } },
      ] as FhirResource[];
      const managingOrganization = { reference: '#a' };
      sandbox.fhir.faults.add({
        path: new RegExp(`/Patient/${id}(\\?|$)`),
        rewrite: () => ({ ...now, contained, managingOrganization, link: [link, link] }),
      });
    };
    replace('p0001', 'p0002');
    replace('p0002', 'p0001');
    replace('p0003', 'p0003');
    sandbox.fhir.faults.add({
      path: /\/(Encounter|Observation|Procedure|Organization)[/?]/,
      rewrite: (body) => circular(body),
    });
    await app.open('/patients/p0001');
    for (const id of ['p0001', 'p0002', 'p0001', 'p0003']) {
      await page.goto(`/patients/${id}`);
      await expect(app.chart.banner).toBeVisible();
      const other = id === 'p0001' ? 'p0002' : id === 'p0002' ? 'p0001' : 'p0003';
      await expect(page.locator(`main a[href$="/patients/${other}"]`).first()).toBeVisible();
    }
    const asked = sandbox.fhir.log.length;
    await page.goto('/patients/p0001');
    await page.waitForLoadState('networkidle');
    expect(sandbox.fhir.log.length - asked, 'nothing runs in circles').toBeLessThan(60);
    for (const panel of ['encounters', 'labs', 'procedures', 'vitals']) {
      await page.goto(`/patients/p0001/${panel}`);
      await expect(app.chart.banner).toBeVisible();
      await expect(app.shell.main).not.toBeEmpty();
    }
    await answers(app);
  });

  test('requirement 56: every record of a chart has the wrong types', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.fhir.faults.add({
      path: /\/(?!Patient)[A-Z][A-Za-z]+\?/,
      rewrite: (body) => ({
        ...(body as Bundle),
        entry: entries(body).flatMap((entry, i) => [
          { resource: wrong(entry.resource, i) },
          null,
          { resource: [] },
          { resource: JSON.parse('{"resourceType":"__proto__","id":"constructor"}') as unknown },
        ]),
      }),
    });
    await app.open('/patients/p0001');
    await expect(app.chart.navigation).toBeVisible();
    const links = await app.chart.navigation
      .getByRole('link')
      .evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''));
    expect(links.length).toBeGreaterThan(5);
    for (const link of links) {
      await page.goto(link);
      await expect(app.chart.banner, link).toBeVisible();
      await page.waitForLoadState('networkidle');
      await expect(page.getByText('Something went wrong'), link).toHaveCount(0);
    }
    await answers(app);
  });

  test('requirement 55: prototype keys anywhere', async ({ app, page, sandbox }) => {
    const keys = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},';
    sandbox.fhir.faults.add({
      path: /\/open\/fhir\//,
      rewrite: (body) => JSON.parse(JSON.stringify(body).replaceAll('{"', `{${keys}"`)) as unknown,
    });
    await app.open('/patients');
    await app.listIsFilled();
    for (const path of ['/patients/p0001', '/patients/p0001/history', '/patients/p0001/edit']) {
      await page.goto(path);
      await expect(app.chart.heading).toBeVisible();
      await page.waitForLoadState('networkidle');
      const polluted = await page.evaluate(
        () => (Object.prototype as { polluted?: unknown }).polluted,
      );
      expect(polluted, path).toBeUndefined();
    }
    sandbox.fhir.faults.clear();
    await answers(app);
  });
});

test.describe('a hostile server: pages', () => {
  test('requirement 57: next pages without end are followed by hand only', async ({
    app,
    sandbox,
  }) => {
    let page = 0;
    sandbox.fhir.faults.add({
      path: SEARCH,
      rewrite: (body) => {
        page += 1;
        const url = `${sandbox.open}/Patient?_count=20&page=${page}`;
        return { ...(body as Bundle), link: [{ relation: 'next', url }] };
      },
    });
    await app.openList();
    await app.page.waitForLoadState('networkidle');
    const before = page;
    expect(before, 'the page and the one after it').toBeLessThanOrEqual(3);
    for (let i = 2; i <= 6; i += 1) {
      await app.list.next.click();
      await expect(app.list.pageNumber(i)).toBeVisible();
    }
    await app.page.waitForLoadState('networkidle');
    expect(page - before, 'one request a page').toBeLessThanOrEqual(6);
    sandbox.fhir.faults.clear();
    await answers(app);
  });

  test('requirement 57: pages that lead in a circle end the list', async ({ app, sandbox }) => {
    sandbox.fhir.faults.add({
      path: SEARCH,
      rewrite: (body) => {
        const at = entries(body).length;
        const url = `${sandbox.open}/Patient?_count=${at === 7 ? 8 : 7}`;
        return { ...(body as Bundle), link: [{ relation: 'next', url }] };
      },
    });
    await app.openList();
    let pages = 1;
    while (pages < 8 && (await app.list.next.isVisible()) && (await app.list.next.isEnabled())) {
      await app.list.next.click();
      pages += 1;
      await expect(app.list.pageNumber(pages)).toBeVisible();
      await app.page.waitForLoadState('networkidle');
    }
    expect(pages).toBeLessThan(6);
    sandbox.fhir.faults.clear();
    await answers(app);
  });

  for (const [what, path, address] of [
    ['history', '/patients/p0001/history', /p0001\/_history/],
    ['panel', '/patients/p0001/conditions', /\/Condition\?/],
  ] as const) {
    test(`requirement 57: a ${what} whose next page never ends`, async ({ app, page, sandbox }) => {
      let n = 0;
      sandbox.fhir.faults.add({
        path: address,
        rewrite: (body) => {
          n += 1;
          const own = sandbox.fhir.log.at(-1)?.path.replace(/^.*\/open\/fhir/, '') ?? '';
          const url = `${sandbox.open}${own}?_count=2&n=${n}`;
          return { ...(body as Bundle), link: [{ relation: 'next', url }] };
        },
      });
      await app.open(path);
      await expect(app.chart.banner.or(app.chart.heading).first()).toBeVisible();
      await page.waitForLoadState('networkidle');
      await quiet(page);
      expect(n).toBeLessThanOrEqual(4);
      await answers(app);
    });
  }
});

/** Long enough for a loop without a pause to show itself. */
async function quiet(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
}

/** Every reference in a record leads back to the record itself. */
function circular(value: unknown): unknown {
  const bundle = value as Bundle;
  const turn = (resource: FhirResource): unknown => {
    const self = { reference: `${resource.resourceType}/${resource.id}` };
    const ring = { partOf: self, hasMember: [self, self], derivedFrom: [self], basedOn: [self] };
    return { ...resource, ...ring, encounter: self, contained: [{ ...ring, id: 'a' }] };
  };
  if (bundle.resourceType !== 'Bundle') return turn(value as FhirResource);
  return {
    ...bundle,
    entry: entries(bundle).map((entry) => ({
      ...entry,
      resource: entry.resource && turn(entry.resource),
    })),
  };
}

/** Another kind of nonsense for each field, and each record. */
function wrong(resource: FhirResource | undefined, seed: number): unknown {
  const kinds: readonly unknown[] = [
    'text',
    7,
    [null],
    [[]],
    {},
    true,
    [7],
    null,
    [{}],
    -1e99,
    ['x'],
  ];
  const fields = Object.keys(resource ?? {}).map((name, i) => {
    const keep = name === 'resourceType' || name === 'id' || name === 'subject';
    const value = (resource as unknown as Record<string, unknown>)[name];
    return [name, keep ? value : kinds[(seed + i) % kinds.length]] as const;
  });
  return Object.fromEntries(fields);
}
