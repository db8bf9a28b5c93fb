import { expect, test } from './fixtures.ts';
import { expectAccessible } from './support/axe.ts';

const ID = 'awkward-no-allergies-recorded';

/** Returns a page of laboratory results as text, because an object would lose trailing zeros. */
const bundle = (...results: readonly string[]): string =>
  `{"resourceType":"Bundle","type":"searchset","entry":[${results
    .map(
      (result, n) =>
        `{"resource":{"resourceType":"Observation","id":"o${n}","status":"final","subject":{"reference":"Patient/${ID}"},"category":[{"coding":[{"code":"laboratory"}]}],${result}}}`,
    )
    .join(',')}]}`;

test('a result keeps its trailing zeros, and a long text can be read and printed to its end', async ({
  app,
  page,
  sandbox,
}) => {
  const histology = `${'No malignancy is seen in block 1. '.repeat(40)}\\nBlock 2: carcinoma.`;
  sandbox.fhir.faults.add({
    path: /\/Observation\?/,
    body: bundle(
      '"code":{"text":"Potassium"},"valueQuantity":{"value":7.0,"unit":"mmol/L"},"referenceRange":[{"low":{"value":3.50},"high":{"value":5.1}}]',
      `"code":{"text":"Histology"},"valueString":"${histology}"`,
    ),
    contentType: 'application/fhir+json',
  });
  await app.open(`/patients/${ID}/labs`);
  const potassium = page.getByRole('row').filter({ hasText: 'Potassium' });
  await expect(potassium).toContainText('7.0 mmol/L');
  await expect(potassium).toContainText('3.50–5.1');
  await page.getByText('Raw JSON').click();
  await expect(page.getByText('"value": 7.0,')).toBeVisible();

  const last = page
    .getByRole('row')
    .filter({ hasText: 'Histology' })
    .getByText(/carcinoma\.$/);
  await expect(last).toBeHidden();
  await page.emulateMedia({ media: 'print' });
  await expect(last).toBeVisible();
  await page.emulateMedia({ media: 'screen' });
  await page.getByText(/show the rest \(\d+ characters\)/).click();
  await expect(last).toBeVisible();
  await expectAccessible(page, 'a long result');
});
