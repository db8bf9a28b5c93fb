import type { Bundle, Patient } from 'fhir/r4';
import { expect, test } from '../fixtures.ts';
import { SLOW, SEARCH, ONE, hurry, answers } from '../support/hostile.ts';

test.describe('a hostile server: time', () => {
  test('a response of a byte a second ends at the time limit, with a message', async ({
    app,
    sandbox,
    stage,
  }) => {
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

  test('a chart whose records trickle in says so at the time limit', async ({
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

  test('a response without headers ends at the time limit, with a message', async ({
    app,
    sandbox,
    stage,
  }) => {
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
    test(`requirement 57: a ${what} without end is cut off while it is read`, async ({
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

  test('requirement 57: a first page without end is cut off, even if the early script requested it', async ({
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

  test('requirement 57: a response of 200 MB is refused with a message', async ({
    app,
    sandbox,
  }) => {
    test.setTimeout(120_000);
    const text = 'x'.repeat(1_000_000);
    const patient = JSON.stringify({ resource: { resourceType: 'Patient', id: 'p', text } });
    const body = `{"resourceType":"Bundle","entry":[${Array(200).fill(patient).join()}]}`;
    await app.openList();
    sandbox.fhir.faults.add({ path: SEARCH, status: 200, body });
    await app.list.box.fill('x');
    // So much data can block a busy machine for longer than a click usually may take.
    await app.list.searchButton.click(SLOW);
    await expect(app.shell.alert).toContainText('too long to read safely', SLOW);
    sandbox.fhir.faults.clear();
    await answers(app);
  });

  test('requirement 57: an error response of 60 MB still shows its status', async ({
    app,
    sandbox,
  }) => {
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

  test('requirement 57: of 100,000 entries in one response some are shown, with a notice', async ({
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

  test('requirement 57: 100,000 records in a panel leave the app usable', async ({
    app,
    page,
    sandbox,
  }) => {
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

  test('requirement 57: 100,000 names of a patient are shown in part, with the number of the rest', async ({
    app,
    page,
    sandbox,
  }) => {
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
