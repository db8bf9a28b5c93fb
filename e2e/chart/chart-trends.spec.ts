import type { Observation } from 'fhir/r4';
import { expect, test } from '../fixtures.ts';

const ID = 'awkward-no-allergies-recorded';

const result = (display: string, code: string, year: number, value: number): Observation => ({
  resourceType: 'Observation',
  status: 'final',
  subject: { reference: `Patient/${ID}` },
  category: [{ coding: [{ code: 'laboratory' }] }],
  code: { coding: [{ system: 'http://loinc.org', code, display }] },
  effectiveDateTime: `${year}-03-01`,
  valueQuantity: { value, unit: 'mmol/L' },
});

test('trends stay on later pages, warn of newer values, and show all values of a chosen test', async ({
  app,
  page,
  sandbox,
}) => {
  // Six values of potassium, three of them on the second page, behind 22 values of sodium.
  const values = [4.1, 4.4, 4.6, 4.2, 3.8, 3.7];
  const all = [
    ...values.map((value, n) => ({
      ...result('Potassium', '2823-3', n < 3 ? 1960 + n : 2020 + n, value),
      referenceRange: [
        { low: { value: 3.5, unit: 'mmol/L' }, high: { value: n < 3 ? 5.1 : 5.3, unit: 'mmol/L' } },
      ],
    })),
    ...Array.from({ length: 22 }, (_, n) => result('Sodium', '2951-2', 1970 + n, 140)),
  ];
  for (const [n, one] of all.entries()) sandbox.fhir.store.write(one, `trend-${n}`);
  await app.open(`/patients/${ID}/labs`);
  await page.getByText('Trends', { exact: true }).click();
  const potassium = page.getByRole('figure').filter({ hasText: 'Potassium' });
  await expect(potassium).toContainText('3.7 mmol/L');

  await page.getByRole('button', { name: 'Next page' }).click();
  await expect(potassium).toContainText('01-Mar-1962');
  await expect(potassium).not.toContainText('4.6 mmol/L');
  await expect(page.getByText('There may be newer ones on other pages.')).toBeVisible();

  await page.getByRole('combobox', { name: 'Test' }).selectOption('Potassium');
  await expect(page.getByRole('rowheader')).toHaveText(values.map(() => /Potassium/));
  await expect(potassium.getByRole('img')).toHaveAccessibleName(
    'Potassium: 6 values from 01-Mar-1960 to 01-Mar-2025, between 3.7 mmol/L and 4.6 mmol/L, the last 3.7 mmol/L.',
  );
  await expect(potassium).toContainText('3.7 mmol/L');
  // Each reference range is drawn and described for the time in which it is known to apply.
  await expect(potassium.getByRole('listitem')).toHaveText([
    '3.5–5.1 mmol/L (01-Mar-1960 – 01-Mar-1962)',
    '3.5–5.3 mmol/L (01-Mar-2023 – 01-Mar-2025)',
  ]);
  await expect(potassium.locator('rect')).toHaveCount(2);
  // On paper the chosen test is named, because the table looks like the whole of the results.
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('combobox', { name: 'Test' })).toHaveValue('Potassium');
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('combobox', { name: 'Test' }).selectOption('All');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('combobox', { name: 'Test' })).toHaveCount(0);
  await page.emulateMedia({ media: 'screen' });
  // The table returns to the page that was open before.
  await expect(page.getByRole('rowheader')).toHaveCount(3);
  await expect(page.getByText('Page 2', { exact: true })).toBeVisible();
});

test('results of one drug still name the germ that each belongs to', async ({
  app,
  page,
  sandbox,
}) => {
  // The shape of HL7's Bundle-lri-example: two germs of one culture, each with the same drug.
  for (const [n, germ] of ['Klebsiella', 'Staph. aureus'].entries()) {
    sandbox.fhir.store.write(result('Ciprofloxacin MIC', '185-9', 2024, n + 1), `mic-${n}`);
    const culture: Observation = {
      ...result('Culture', '624-7', 2024, 0),
      hasMember: [{ reference: `Observation/mic-${n}` }],
      valueCodeableConcept: { text: germ },
    };
    delete culture.valueQuantity;
    sandbox.fhir.store.write(culture, `germ-${n}`);
  }
  await app.open(`/patients/${ID}/labs`);
  await page.getByRole('combobox', { name: 'Test' }).selectOption('Ciprofloxacin MIC');
  const rows = page.getByRole('row').filter({ hasText: 'Ciprofloxacin' });
  await expect(rows).toHaveCount(2);
  await expect(page.getByRole('row').filter({ hasText: 'Culture: Klebsiella' })).toContainText(
    '1 mmol/L',
  );
  await expect(page.getByRole('row').filter({ hasText: 'Culture: Staph' })).toContainText(
    '2 mmol/L',
  );
});

test('a newest result that cannot be drawn is stated below the figure instead of an older one', async ({
  app,
  page,
  sandbox,
}) => {
  for (const [n, value] of [12, 15, 14].entries())
    sandbox.fhir.store.write(result('Troponin', '6598-7', 2021 + n, value), `troponin-${n}`);
  const newest: Observation = {
    ...result('Troponin', '6598-7', 2024, 0),
    valueQuantity: { value: 50_000, unit: 'mmol/L', comparator: '>' },
    interpretation: [{ coding: [{ code: 'HH' }] }],
  };
  sandbox.fhir.store.write(newest, 'troponin-newest');
  await app.open(`/patients/${ID}/labs`);
  await page.getByText('Trends', { exact: true }).click();
  const figure = page.getByRole('figure').filter({ hasText: 'Troponin' });
  await expect(figure).toContainText('The result of 01-Mar-2024 is not in this figure');
  await expect(figure).toContainText('> 50000 mmol/L');
  await expect(figure).toContainText('Critical high');
  await expect(figure).not.toContainText('14 mmol/L');
  await page.setViewportSize({ width: 320, height: 800 });
  expect(await figure.evaluate((all) => all.scrollWidth <= all.clientWidth)).toBe(true);
});
