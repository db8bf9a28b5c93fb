import type { Page } from 'playwright/test';
import type { Sandbox } from '#sandbox/sandbox.ts';
import { expect, test } from './fixtures.ts';
import { expectAccessible } from './support/axe.ts';

const ID = 'awkward-no-allergies-recorded';
const subject = { reference: `Patient/${ID}` };
const coded = (code: string) => ({ coding: [{ code }] });
const category = (code: string) => [
  { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code }] },
];

async function post(sandbox: Sandbox, resource: { resourceType: string }): Promise<void> {
  const { status } = await fetch(`${sandbox.open}/${resource.resourceType}`, {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify(resource),
  });
  expect(status, JSON.stringify(resource)).toBe(201);
}

const lab = (text: string, rest: object) => ({
  resourceType: 'Observation',
  status: 'final',
  category: category('laboratory'),
  code: { text },
  subject,
  effectiveDateTime: '2026-03-04T05:06:00Z',
  ...rest,
});

/** Returns the first row whose header contains `name`. */
const row = (page: Page, name: string) =>
  page
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name, exact: false }) })
    .first();

test('results are shown as recorded, with every remark of the laboratory and none of the app', async ({
  app,
  page,
  sandbox,
}) => {
  const mmol = (value: number) => ({ value, unit: 'mmol/L', code: 'mmol/L' });
  for (const observation of [
    lab('Potassium', {
      valueQuantity: mmol(6.9),
      interpretation: [coded('HH'), { text: 'rising' }],
      referenceRange: [{ low: mmol(3.5), high: mmol(5.1), appliesTo: [{ text: 'Adults' }] }],
      note: [{ text: 'Haemolysed sample' }],
    }),
    lab('Troponin', { valueQuantity: { value: 3, comparator: '<', unit: 'ng/L' } }),
    lab('Pregnancy test', { valueBoolean: false }),
    lab('Culture', {
      status: 'preliminary',
      valueString: 'Growth',
      interpretation: [coded('POS')],
    }),
    lab('Clotting', { dataAbsentReason: { text: 'Sample lost' } }),
    lab('Wrong tube', { status: 'entered-in-error', valueQuantity: mmol(99) }),
    lab('Potassium', { effectiveDateTime: '2020-03-04', valueQuantity: mmol(4.2) }),
    // Above its range, but not flagged by the laboratory: the app must not flag it either.
    lab('Sodium', {
      valueQuantity: mmol(199),
      referenceRange: [{ high: mmol(145), text: 'Adults, 18 years and over' }],
      focus: [{ display: 'Her mother' }],
    }),
  ])
    await post(sandbox, observation);
  await app.open(`/patients/${ID}/labs`);
  const potassium = row(page, 'Potassium');
  for (const words of ['6.9 mmol/L', 'Critical high', 'rising', '3.5–5.1 mmol/L (Adults)'])
    await expect(potassium).toContainText(words);
  await expect(potassium).toContainText('Haemolysed sample');
  await expect(potassium).toContainText(/04-Mar-2026 1\d:06/);
  await expect(row(page, 'Troponin')).toContainText('< 3 ng/L');
  await expect(row(page, 'Pregnancy test')).toContainText('No');
  await expect(row(page, 'Culture')).toContainText('Positive');
  await expect(row(page, 'Culture')).toContainText('Preliminary');
  await expect(row(page, 'Clotting')).toContainText('Sample lost');
  await expect(row(page, 'Sodium')).not.toContainText(/High|Abnormal/);
  await expect(row(page, 'Sodium')).toContainText('≤ 145 mmol/L (Adults, 18 years and over)');
  await expect(row(page, 'Sodium')).toContainText('About: Her mother');
  const wrong = row(page, 'Wrong tube');
  await expect(wrong).toContainText('Entered in error');
  await expect(wrong.locator('del').filter({ hasText: '99 mmol/L' })).toHaveCount(1);
  await expectAccessible(page, 'results');

  // The card marks provisional results, too.
  await app.chart.navigation.getByRole('link', { name: 'Summary' }).click();
  const card = page.getByRole('region', { name: 'Laboratory' });
  await expect(card.getByRole('listitem').filter({ hasText: 'Culture' }).first()).toContainText(
    'Preliminary',
  );
  // The card shows the newest value of each test, and counts the older ones.
  await expect(card.getByRole('listitem').filter({ hasText: 'Potassium' })).toHaveText(/6\.9 mmol/);
  await expect(card).toContainText('Older ones, not shown here: 1.');
});

test('trends are drawn on demand from the rows of the table, with a description in words', async ({
  app,
  page,
  sandbox,
}) => {
  const weight = (day: number, value: number, rest: object = {}) =>
    lab('Body weight', {
      category: category('vital-signs'),
      effectiveDateTime: `2026-03-0${day}`,
      valueQuantity: { value, unit: 'kg' },
      ...rest,
    });
  for (const observation of [
    weight(1, 70.5),
    weight(2, 74),
    weight(3, 72.3),
    weight(4, 999, { status: 'entered-in-error' }),
  ])
    await post(sandbox, observation);
  await app.open(`/patients/${ID}/vitals`);
  await expect(page.getByRole('table', { name: 'Vital signs' })).toBeVisible();
  await expect(page.getByRole('img')).toHaveCount(0);
  await page.getByText('Trends', { exact: true }).click();
  const figure = page.getByRole('img', { name: /^Body weight/ });
  await expect(figure).toHaveAccessibleName(
    'Body weight: 3 values from 01-Mar-2026 to 03-Mar-2026, between 70.5 kg and 74 kg, the last 72.3 kg.',
  );
  await expect(figure.locator('circle')).toHaveCount(3);
  await expectAccessible(page, 'trends');
  await page.setViewportSize({ width: 390, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

test('suspected and refuted conditions and resolved allergies are marked as such', async ({
  app,
  page,
  sandbox,
}) => {
  const allergy = (text: string, rest: object) => ({
    resourceType: 'AllergyIntolerance',
    patient: subject,
    code: { text },
    ...rest,
  });
  for (const resource of [
    {
      resourceType: 'Condition',
      subject,
      code: { text: 'Lung cancer' },
      clinicalStatus: coded('active'),
      verificationStatus: coded('provisional'),
    },
    {
      resourceType: 'Condition',
      subject,
      code: { text: 'Asthma' },
      bodySite: [{ text: 'Left lung' }],
      verificationStatus: coded('refuted'),
      modifierExtension: [{ url: 'https://example.org/of-a-relative', valueBoolean: true }],
    },
    allergy('Codeine', {
      type: 'intolerance',
      category: ['medication'],
      criticality: 'high',
      clinicalStatus: coded('resolved'),
      verificationStatus: coded('confirmed'),
    }),
    allergy('Pollen', { criticality: 'low', clinicalStatus: coded('active') }),
    allergy('Latex', {
      type: 'allergy',
      category: ['environment'],
      criticality: 'high',
      clinicalStatus: coded('active'),
    }),
    allergy('Walnut', {
      criticality: 'high',
      clinicalStatus: coded('active'),
      verificationStatus: coded('unconfirmed'),
    }),
  ])
    await post(sandbox, resource);
  await app.open(`/patients/${ID}`);
  const line = (region: string, text: string) =>
    page.getByRole('region', { name: region }).getByRole('listitem').filter({ hasText: text });
  await expect(line('Conditions', 'Lung cancer')).toContainText('Provisional');
  await expect(line('Conditions', 'Asthma')).toContainText('Refuted');
  await expect(line('Conditions', 'Asthma')).toContainText('Left lung');
  const turned = 'Meaning may be changed';
  await expect(line('Conditions', 'Asthma')).toContainText(turned);
  await expect(line('Conditions', 'Lung cancer')).not.toContainText(turned);
  await expect(line('Allergies', 'Latex')).toContainText('High risk');
  // Active and severe allergies come first, whatever the order of the server.
  await expect(page.getByRole('region', { name: 'Allergies' }).getByRole('listitem')).toContainText(
    ['Latex', 'Walnut', 'Pollen', 'Codeine'],
  );
  await expect(line('Allergies', 'Codeine')).toContainText('Resolved');
  await expect(line('Allergies', 'Codeine')).not.toContainText('High risk');
  await expect(line('Allergies', 'Walnut')).toContainText('Unconfirmed');
  await expect(app.chart.banner).toContainText(/Known allergies\s*Latex, Walnut, Pollen/);
  await app.chart.navigation.getByRole('link', { name: 'Allergies' }).click();
  await expect(row(page, 'Latex')).toContainText('Allergy, environment');
  await expect(row(page, 'Codeine')).toContainText('Intolerance, medication');
  await app.chart.navigation.getByRole('link', { name: 'Conditions' }).click();
  await expect(row(page, 'Asthma')).toContainText(turned);
  await expect(row(page, 'Asthma')).toContainText('Left lung');
  await page.goto('/patients/awkward-no-known-allergy/allergies');
  await expect(page.getByRole('table', { name: 'Allergies' })).toContainText(/no known/i);
  await expect(page.getByRole('table', { name: 'Allergies' })).not.toContainText('risk');
});

test('a drug that is only a reference is shown by name, even if the server does not sort or include', async ({
  app,
  guard,
  page,
  sandbox,
}) => {
  guard.allowError(/40[04]/);
  await fetch(`${sandbox.open}/Medication/warfarin`, {
    method: 'PUT',
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify({
      resourceType: 'Medication',
      id: 'warfarin',
      code: { text: 'Warfarin 5 mg tablet' },
    }),
  });
  for (const id of ['warfarin', 'warfarin', 'gone'])
    await post(sandbox, {
      resourceType: 'MedicationRequest',
      subject,
      status: 'active',
      intent: 'order',
      medicationReference: { reference: `Medication/${id}` },
    } as { resourceType: string });
  const { faults } = sandbox.fhir;
  const table = page.getByRole('table', { name: 'Medications' });
  const reads = () =>
    sandbox.fhir.log.filter(
      ({ method, path }) => method === 'GET' && path.endsWith('/Medication/warfarin'),
    );
  faults.add({ path: /\/MedicationRequest\?.*_sort=/, status: 400, body: {} });
  await app.open(`/patients/${ID}/medications`);
  await expect(table.getByText('Warfarin 5 mg tablet')).toHaveCount(2);
  // The search included the medication, so it was not read again.
  expect(reads()).toHaveLength(0);
  await expect(table).toContainText('Name not sent (Medication/gone)');
  faults.add({
    path: /\/MedicationRequest\?/,
    rewrite: (body) => {
      const bundle = body as { entry: { search?: { mode?: string } }[] };
      return { ...bundle, entry: bundle.entry.filter(({ search }) => search?.mode !== 'include') };
    },
  });
  await page.reload();
  await expect(table.getByText('Warfarin 5 mg tablet')).toHaveCount(2);
  expect(reads()).toHaveLength(1);
});

test('drugs that must not be given, are only proposed or were stopped are marked, on the card too', async ({
  app,
  page,
  sandbox,
}) => {
  const order = (text: string, rest: object) => ({
    resourceType: 'MedicationRequest',
    subject,
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { text },
    ...rest,
  });
  const taken = (text: string, rest: object) => ({
    resourceType: 'MedicationStatement',
    subject,
    status: 'active',
    medicationCodeableConcept: { text },
    effectivePeriod: { start: '2025-09' },
    ...rest,
  });
  const vaccine = (text: string, rest: object) => ({
    resourceType: 'Immunization',
    patient: subject,
    status: 'completed',
    vaccineCode: { text },
    occurrenceDateTime: '2025-10-01',
    ...rest,
  });
  for (const resource of [
    order('Warfarin', { doNotPerform: true }),
    order('Apixaban', { intent: 'proposal' }),
    order('Digoxin', {
      status: 'stopped',
      statusReason: { text: 'Nausea' },
      authoredOn: '2026-03-04',
    }),
    taken('Aspirin', { informationSource: { display: 'Her daughter' } }),
    taken('Ibuprofen', { status: 'not-taken', statusReason: [{ text: 'Heartburn' }] }),
    taken('Heparin', { status: 'entered-in-error' }),
    vaccine('Influenza', { status: 'not-done', statusReason: { text: 'Refused' } }),
    vaccine('Measles', { isSubpotent: true, subpotentReason: [{ text: 'Cold chain break' }] }),
  ])
    await post(sandbox, resource);
  await app.open(`/patients/${ID}`);
  for (const open of ['card', 'table'] as const) {
    if (open === 'table')
      await app.chart.navigation.getByRole('link', { name: 'Medications' }).click();
    const of = (text: string) =>
      open === 'table'
        ? row(page, text)
        : page
            .getByRole('region', { name: 'Medications' })
            .getByRole('listitem')
            .filter({ hasText: text });
    // Digoxin is the newest, but was stopped, so it comes after current drugs.
    const rows = open === 'table' ? page.getByRole('rowheader') : of('');
    await expect(rows.last(), open).toContainText('Digoxin');
    await expect(of('Warfarin'), open).toContainText('Do not give');
    await expect(of('Apixaban'), open).toContainText('Proposed, not ordered');
    await expect(of('Digoxin'), open).toContainText('Stopped');
    await expect(of('Digoxin'), open).toContainText('Nausea');
  }
  await app.chart.navigation.getByRole('link', { name: 'Drugs taken' }).click();
  await expect(row(page, 'Aspirin')).toContainText('Sep-2025 –');
  await expect(row(page, 'Aspirin')).toContainText('Her daughter');
  await expect(row(page, 'Ibuprofen')).toContainText('Not taken');
  await expect(row(page, 'Ibuprofen')).toContainText('Heartburn');
  await expect(row(page, 'Heparin').locator('del').first()).toHaveText('Heparin');
  await app.chart.navigation.getByRole('link', { name: 'Immunizations' }).click();
  await expect(row(page, 'Influenza')).toContainText('Not done');
  await expect(row(page, 'Influenza')).toContainText('Refused');
  await expect(row(page, 'Measles')).toContainText('Subpotent dose');
  await expect(row(page, 'Measles')).toContainText('Cold chain break');
});
