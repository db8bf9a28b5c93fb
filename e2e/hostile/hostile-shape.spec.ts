import type { Bundle, FhirResource, Patient } from 'fhir/r4';
import { expect, test } from '../fixtures.ts';
import { SLOW, SEARCH, ONE, answers, entries, deep, stands } from '../support/hostile.ts';

test.describe('a hostile server: shape', () => {
  for (const levels of [10_000, 100_000])
    test(`requirement 57: a list of JSON ${levels} levels deep leaves the app usable`, async ({
      app,
      sandbox,
    }) => {
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

  test('requirement 57: a patient 10,000 levels deep opens in chart, JSON, history and form', async ({
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
      await stands(app, path);
      await expect(app.chart.banner, path).toContainText('DEEP');
    }
    await answers(app);
  });

  test('references that lead in a circle cause no endless requests', async ({
    app,
    page,
    sandbox,
  }) => {
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
    await stands(app, 'a record that leads to itself');
    expect(sandbox.fhir.log.length - asked, 'nothing runs in circles').toBeLessThan(60);
    for (const panel of ['encounters', 'labs', 'procedures', 'vitals']) {
      await page.goto(`/patients/p0001/${panel}`);
      await stands(app, panel);
    }
    await answers(app);
  });

  test('requirement 56: a chart whose records have wrong types opens every panel', async ({
    app,
    page,
    sandbox,
  }) => {
    test.setTimeout(120_000); // every panel of the chart is opened
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
      await stands(app, link);
    }
    await answers(app);
  });

  test('requirement 55: prototype keys in any response pollute no prototype', async ({
    app,
    page,
    sandbox,
  }) => {
    const keys = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},';
    sandbox.fhir.faults.add({
      path: /\/open\/fhir\//,
      rewrite: (body) => JSON.parse(JSON.stringify(body).replaceAll('{"', `{${keys}"`)) as unknown,
    });
    await app.open('/patients');
    await app.listIsFilled();
    for (const path of ['/patients/p0001', '/patients/p0001/history', '/patients/p0001/edit']) {
      await page.goto(path);
      await stands(app, path);
      const polluted = await page.evaluate(
        () => (Object.prototype as { polluted?: unknown }).polluted,
      );
      expect(polluted, path).toBeUndefined();
    }
    sandbox.fhir.faults.clear();
    await answers(app);
  });
});

/** Makes every reference in a record lead back to the record itself. */
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

/** Returns the record with values of wrong types, which vary with the field and the seed. */
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
