import type { CapabilityStatement } from 'fhir/r4';
import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/axe.ts';
import { hold } from '../support/hold.ts';

// How the chart shows responses that are late, empty, incomplete or paged.

const PATIENT = 'p0001';
const ENCOUNTER = 'p0001-encounter-1';

type Bundle = { entry?: object[]; link?: object[]; total?: number };
const empty = (body: unknown): Bundle => ({ ...(body as Bundle), total: 0, entry: [] });
const doubtful = (body: unknown): Bundle => ({
  ...empty(body),
  entry: [
    {
      search: { mode: 'outcome' },
      resource: {
        resourceType: 'OperationOutcome',
        issue: [{ severity: 'error', code: 'timeout', diagnostics: 'one archive did not answer' }],
      },
    },
  ],
});

test('"Nothing recorded" is shown only where the complete response has no records', async ({
  app,
  page,
  sandbox,
}) => {
  const next = { relation: 'next', url: `${sandbox.open}/Observation?ct=2` };
  const { faults } = sandbox.fhir;
  faults.add({ path: /ct=2/, body: { resourceType: 'Bundle', type: 'searchset' } });
  faults.add({
    path: /category=vital-signs/,
    rewrite: (body) => ({ ...empty(body), link: [next] }),
  });
  faults.add({ path: /\/(Procedure|AllergyIntolerance)\?/, rewrite: doubtful });
  faults.add({ path: /\/DocumentReference\?/, rewrite: empty });
  await app.open(`/patients/${PATIENT}`);
  await expect(app.chart.banner).toContainText('Allergies unavailable');
  const card = (name: string) => page.getByRole('region', { name, exact: true });
  for (const name of ['Allergies', 'Vital signs', 'Procedures']) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await card(name).scrollIntoViewIfNeeded();
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await expect(card(name), name).toContainText('Records may be missing here.');
  }
  await card('Documents').scrollIntoViewIfNeeded();
  await expect(card('Documents')).toContainText('Nothing recorded');

  const open = (name: string) => app.chart.navigation.getByRole('link', { name }).click();
  await open('Timeline');
  await expect(card('Timeline')).toContainText(/Missing: Allergies.* Procedures/);
  await open('Procedures');
  await expect(card('Procedures')).toContainText('one archive did not answer');
  await expect(card('Procedures')).toContainText('Records may be missing here.');
  await expect(card('Procedures')).not.toContainText('no such records');
  await open('Vital signs');
  await expect(card('Vital signs')).toContainText('The next one may hold more.');
  // The next page is the last and empty, too: the message is about this page only.
  await page.getByRole('button', { name: 'Next page' }).click();
  await expect(page.getByText('Page 2', { exact: true })).toBeVisible();
  await expect(card('Vital signs')).toContainText('There is nothing on this page.');
  await expect(card('Vital signs')).not.toContainText(/next one|no such records/);
  await expectAccessible(page, 'an empty last page');
});

test('records of other encounters are left out of an encounter, with a note', async ({
  app,
  page,
  sandbox,
}) => {
  const patient = `Patient/${PATIENT}`;
  const inside = 'http://fhir-internal:8080/fhir';
  const entry = (id: string, encounter: string) => ({
    resource: {
      resourceType: 'Condition',
      id,
      code: { text: `Condition ${id}` },
      subject: { reference: `${inside}/${patient}` },
      encounter: { reference: `${inside}/Encounter/${encounter}` },
    },
  });
  sandbox.fhir.faults.add({
    path: /\/Condition\?.*encounter=/,
    rewrite: (body) => ({ ...empty(body), entry: [entry('a', ENCOUNTER), entry('b', 'other')] }),
  });
  await app.open(`/patients/${PATIENT}/encounters/${ENCOUNTER}`);
  const section = page.getByRole('region', { name: 'Conditions' });
  await expect(section.getByRole('rowheader')).toHaveText(['Condition a']);
  await expect(section).toContainText('do not name this encounter, and are not shown: 1.');
});

test('"Next page" keeps the focus while the next page loads', async ({ app, page, sandbox }) => {
  const link = (n: number) => [{ relation: 'next', url: `${sandbox.open}/Condition?ct=${n}` }];
  const { faults } = sandbox.fhir;
  const second = hold(sandbox, {
    path: /ct=2/,
    body: { resourceType: 'Bundle', link: link(3) },
  });
  const third = hold(sandbox, { path: /ct=3/, body: { resourceType: 'Bundle' } });
  faults.add({
    path: /\/Condition\?patient/,
    rewrite: (body) => ({ ...(body as Bundle), link: link(2) }),
  });
  await app.open(`/patients/${PATIENT}/conditions`);
  const next = page.getByRole('button', { name: 'Next page' });
  await next.focus();
  await page.keyboard.press('Enter');
  await second.asked();
  await expect(next).toBeFocused();
  second.release();
  await expect(page.getByText('The next one may hold more.')).toBeVisible();
  await expect(next).toBeFocused();
  await page.keyboard.press('Enter');
  await third.asked();
  third.release();
  await expect(page.getByText('Page 3', { exact: true })).toBeVisible();
  await expect(next).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Previous page' })).toBeFocused();
});

test('Back, a reload and "Previous page" find each page of a panel again', async ({
  app,
  page,
  sandbox,
}) => {
  const { faults } = sandbox.fhir;
  const bundle = (name: string) => ({
    resourceType: 'Bundle',
    entry: [
      {
        resource: {
          resourceType: 'Condition',
          id: 'a',
          code: { text: name },
          subject: { reference: `Patient/${PATIENT}` },
        },
      },
    ],
  });
  faults.add({ path: /ct=2/, body: bundle('On the second page') });
  const link = [{ relation: 'next', url: `${sandbox.open}/Condition?ct=2` }];
  faults.add({ path: /\/Condition\?patient/, body: { ...bundle('On the first'), link } });
  await app.open(`/patients/${PATIENT}`);
  await app.chart.navigation.getByRole('link', { name: 'Conditions' }).click();
  const shows = (name: string) => expect(page.getByRole('rowheader')).toHaveText([name]);
  await shows('On the first');
  await page.getByRole('button', { name: 'Next page' }).click();
  await shows('On the second page');
  await page.reload();
  await shows('On the second page');
  await page.goBack();
  await shows('On the first');
  await page.goForward();
  await shows('On the second page');
  await page.getByRole('button', { name: 'Previous page' }).click();
  await shows('On the first');
  // The server's page link may be long, so the app's address must not hold it.
  expect(page.url()).not.toContain('ct=');
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`/patients/${PATIENT}$`));
});

const gone = {
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code: 'not-found', diagnostics: 'It may have expired.' }],
};

for (const [what, path, first, later] of [
  ['a panel', 'conditions', /\/Condition\?patient/, 'Condition'],
  ['a part', `encounters/${ENCOUNTER}`, /\/Condition\?.*encounter=/, 'Condition'],
  ['the history', 'history', /p0001\/_history(?!\?ct)/, 'Patient/p0001/_history'],
] as const) {
  test(`an expired page of ${what} starts again at page 1, with a notice`, async ({
    app,
    page,
    sandbox,
  }) => {
    const { faults } = sandbox.fhir;
    const link = [{ relation: 'next', url: `${sandbox.open}/${later}?ct=2` }];
    const onFirst = page.getByText('Page 1', { exact: true });
    const said = page.getByText('no longer keeps the page that was open');
    const next = page.getByRole('button', { name: 'Next page' });
    await app.open(`/patients/${PATIENT}`);
    for (const status of [410, 404, 400]) {
      await test.step(`${status}`, async () => {
        faults.clear();
        faults.add({ path: first, rewrite: (body) => ({ ...(body as Bundle), link }) });
        faults.add({ path: /ct=2/, status, body: gone });
        await page.goto(`/patients/${PATIENT}`);
        await page.goto(`/patients/${PATIENT}/${path}`);
        await expect(onFirst).toBeVisible();
        await expect(said).toHaveCount(0);
        await next.click();
        await expect(said).toBeVisible();
        await expect(onFirst).toBeVisible();
        await expect(page.getByRole('alert')).toHaveCount(0);
        await expect(page.getByRole('table').first()).toBeVisible();
        await expect(next).toBeFocused();
      });
    }
    await expectAccessible(page, `${what} begun again`);
    // Once the link works again, the notice goes away.
    faults.clear();
    faults.add({ path: /ct=2/, body: { resourceType: 'Bundle' } });
    await next.click();
    await expect(page.getByText('Page 2', { exact: true })).toBeVisible();
    await expect(said).toHaveCount(0);
    // Going back to page 1 does not show the notice again.
    await page.getByRole('button', { name: 'Previous page' }).click();
    await expect(onFirst).toBeVisible();
    await expect(page.getByRole('table').first()).toBeVisible();
    await expect(said).toHaveCount(0);
  });
}

test('"Try again" requests the same page after a server error on a later page', async ({
  app,
  page,
  sandbox,
}) => {
  const { faults } = sandbox.fhir;
  const link = [{ relation: 'next', url: `${sandbox.open}/Condition?ct=2` }];
  faults.add({
    path: /\/Condition\?patient/,
    rewrite: (body) => ({ ...(body as Bundle), link }),
  });
  const mend = faults.add({ path: /ct=2/, status: 503, body: '' });
  faults.add({ path: /ct=2/, body: { resourceType: 'Bundle' } });
  await app.open(`/patients/${PATIENT}/conditions`);
  await page.getByRole('button', { name: 'Next page' }).click();
  const again = page.getByRole('button', { name: 'Try again' });
  await expect(again).toBeVisible({ timeout: 20_000 });
  mend();
  await again.click();
  await expect(page.getByText('There is nothing on this page.')).toBeVisible();
  await expect(page.getByText('Page 2', { exact: true })).toBeVisible();
});

test('notices of missing sorting and narrower searches stay on every page of a panel', async ({
  app,
  page,
  sandbox,
}) => {
  const { faults } = sandbox.fhir;
  const entry = ['a', 'b'].map((id) => ({
    resource: {
      resourceType: 'Condition',
      id,
      code: { text: id },
      subject: { reference: `Patient/${PATIENT}` },
    },
  }));
  const link = [{ relation: 'next', url: `${sandbox.open}/Condition?ct=2` }];
  const refused = {
    status: 400,
    body: { ...gone, issue: [{ severity: 'error', code: 'not-supported' }] },
  };
  faults.add({ path: /ct=2/, body: { resourceType: 'Bundle', entry } });
  faults.add({ path: /\/Condition\?.*_sort=/, ...refused });
  const sends = { path: /\/Condition\?patient/, body: { resourceType: 'Bundle', entry, link } };
  const whole = faults.add(sends);
  const unsorted = page.getByText('This server does not sort these records');
  const narrowed = page.getByText('This server searches results by category only');
  const next = page.getByRole('button', { name: 'Next page' });
  const onSecond = page.getByText('Page 2', { exact: true });
  await app.open(`/patients/${PATIENT}/conditions`);
  await expect(unsorted).toBeVisible();
  await next.click();
  await expect(onSecond).toBeVisible();
  await expect(unsorted).toBeVisible();
  await page.reload();
  await expect(onSecond).toBeVisible();
  await expect(unsorted).toBeVisible();
  // The timeline sorts what it has, but the newest records may not be among them.
  await page.getByRole('link', { name: 'Timeline' }).click();
  const notice = page.getByText('Only 2 records were read, in no order').locator('..');
  await expect(notice).toContainText('Conditions');

  whole();
  faults.add({ ...sends, path: /\/Condition\?patient.*category=/ });
  faults.add({ path: /\/Condition\?patient/, ...refused });
  await page.goto(`/patients/${PATIENT}`);
  await page.goto(`/patients/${PATIENT}/conditions`);
  await expect(narrowed).toBeVisible();
  const before = sandbox.fhir.log.length;
  await next.click();
  await expect(onSecond).toBeVisible();
  await expect(narrowed).toBeVisible();
  // There is one request: a page link is not retried with other parameters.
  expect(sandbox.fhir.log.slice(before).filter(({ query }) => /ct=2/.test(query))).toHaveLength(1);
});

test('a card that has not loaded says so on paper', async ({ app, page, sandbox }) => {
  sandbox.fhir.faults.add({ path: /\/(Condition|Procedure)\?/, delay: 20_000 });
  await app.open(`/patients/${PATIENT}`);
  const card = page.getByRole('region', { name: 'Conditions', exact: true });
  await expect(card.getByText('Not loaded when this was printed.')).toBeHidden();
  await page.emulateMedia({ media: 'print' });
  await expect(card.getByText('Not loaded when this was printed.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Medications', exact: true })).not.toContainText(
    'Not loaded',
  );
});

test('"Not on File" is not shown as an allergy, and restricted or incomplete records are marked', async ({
  app,
  page,
  sandbox,
}) => {
  const patient = { reference: `Patient/${PATIENT}` };
  const coded = (code: string, display: string) => ({ coding: [{ code, display }] });
  const allergies = [
    coded('1631000175102', 'Not on File'),
    coded('409137002', 'No known drug allergy'),
  ].map((code, n) => ({
    resource: { resourceType: 'AllergyIntolerance', id: `a${n}`, patient, code },
  }));
  const condition = {
    resourceType: 'Condition',
    id: 'c',
    subject: patient,
    code: { text: 'Depression' },
    text: { status: 'additional', div: '<div>More</div>' },
    meta: {
      security: [
        { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'PSY' },
        { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'REDACTED' },
      ],
    },
  };
  const { faults } = sandbox.fhir;
  faults.add({
    path: /\/AllergyIntolerance\?/,
    rewrite: (body) => ({ ...empty(body), entry: allergies }),
  });
  faults.add({
    path: /\/Condition\?/,
    rewrite: (body) => ({ ...empty(body), entry: [{ resource: condition }] }),
  });
  await app.open(`/patients/${PATIENT}`);
  await expect(app.chart.banner).toContainText(
    /Allergies not recorded\s*Only recorded: No known drug allergy/,
  );
  await expect(app.chart.banner).not.toContainText(/Known allergies|Not on File/);
  const card = page.getByRole('region', { name: 'Conditions', exact: true });
  const flags = ['Parts withheld', 'Its narrative says more', 'Restricted record'];
  for (const words of flags) await expect(card.getByText(words)).toBeVisible();
  await app.chart.navigation.getByRole('link', { name: 'Conditions' }).click();
  const row = page.getByRole('row', { name: 'Depression' });
  for (const words of flags) await expect(row.getByText(words)).toBeVisible();
  await expectAccessible(page, 'a restricted record');
});

test('the chart does not wait for the capability statement, but follows it once it has arrived', async ({
  app,
  guard,
  page,
  sandbox,
}) => {
  guard.allowError(/404/);
  const metadata = hold(sandbox, {
    path: /metadata/,
    rewrite: (body) => {
      const { rest = [] } = body as CapabilityStatement;
      const resource = rest[0]?.resource?.filter(({ type }) => type !== 'Condition');
      return { ...(body as CapabilityStatement), rest: [{ ...rest[0], resource }] };
    },
  });
  sandbox.fhir.faults.add({ path: /\/Condition\?/, status: 404, body: '' });
  await app.open('/patients/p0001', 'open');
  await expect(app.chart.banner).toBeVisible();
  const asked = (what: string): boolean =>
    sandbox.fhir.log.some(({ path }) => path.endsWith(`/${what}`));
  await expect.poll(() => asked('AllergyIntolerance') && asked('Condition')).toBe(true);
  metadata.release();
  const card = page.getByRole('region', { name: 'Conditions', exact: true });
  await expect(card.getByText('This server has no search for Condition.')).toBeVisible();
});
