import type { Observation } from 'fhir/r4';
import { expect, test } from './fixtures.ts';

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

test('trends stay over the pages and tell old values from the newest; one test has them all', async ({
  app,
  page,
  sandbox,
}) => {
  // Potassium in six years, three of them on the second page, behind sodium in twenty-two.
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
  // Each range for the time for which it is known to hold, drawn and in words.
  await expect(potassium.getByRole('listitem')).toHaveText([
    '3.5–5.1 mmol/L (01-Mar-1960 – 01-Mar-1962)',
    '3.5–5.3 mmol/L (01-Mar-2023 – 01-Mar-2025)',
  ]);
  await expect(potassium.locator('rect')).toHaveCount(2);
  await page.getByRole('combobox', { name: 'Test' }).selectOption('All');
  // Where one was before.
  await expect(page.getByRole('rowheader')).toHaveCount(3);
  await expect(page.getByText('Page 2')).toBeVisible();
});
