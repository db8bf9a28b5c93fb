import type { Patient } from 'fhir/r4';
import { expect, test } from '../fixtures.ts';
import { dialog, elsewhere, stored } from '../support/records.ts';

const ROLE = 'http://terminology.hl7.org/CodeSystem/v3-RoleCode';

test('removing a row changes nothing in the rows below, which show their codes in words', async ({
  app,
  page,
  sandbox,
}) => {
  const id = 'awkward-inactive';
  const codes: Partial<Patient> = {
    identifier: [
      { type: { coding: [{ code: 'MR' }] }, value: '1' },
      { type: { coding: [{ system: 'urn:x', code: 'NH', display: 'Nursing home' }] }, value: '2' },
    ],
    contact: [
      { relationship: [{ coding: [{ system: ROLE, code: 'HUSB' }] }], name: { family: 'Doe' } },
      {
        relationship: [{ coding: [{ system: ROLE, code: 'MTH', display: 'mother' }] }],
        name: { text: 'Old Mrs Doe' },
        address: { text: 'No fixed abode' },
      },
    ],
    communication: [
      { language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'de' }] } },
      { language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'en-US' }] } },
    ],
  };
  await elsewhere(sandbox, id, codes);
  await app.open(`/patients/${id}/edit`);
  await page.getByText('More details').click();
  for (const row of ['Identifier 1', 'Contact person 1', 'Language 1']) {
    await page.getByRole('button', { name: `Remove ${row}` }).click();
  }
  const group = (name: string) => page.getByRole('group', { name, exact: true });
  const choices = [
    [group('Identifier 1').getByLabel('Type'), 'Nursing home'],
    [group('Contact person 1').getByLabel('Relationship'), 'mother'],
    [group('Language 1').getByLabel('Language', { exact: true }), 'American English'],
  ] as const;
  for (const [choice, words] of choices) {
    await expect(choice.locator('option:checked')).toHaveText(words);
    await choice.focus();
    await page.keyboard.press('Tab'); // on blur, the form takes the value that the field shows
  }
  await expect(group('Contact person 1').getByLabel('Name as one text')).toHaveValue('Old Mrs Doe');
  await expect(group('Contact person 1').getByLabel('Address as one text')).toBeVisible();
  await app.form.save.click();
  // The form has the heading of the chart, too, so only the address tells that it is closed.
  await expect(page).toHaveURL(new RegExp(`/patients/${id}$`));
  const saved = await stored(sandbox, id);
  for (const list of ['identifier', 'contact', 'communication'] as const) {
    expect(saved[list]).toEqual(codes[list]?.slice(1));
  }
});

test('a conflict over the use of an address shows both uses, and choosing theirs sends nothing', async ({
  app,
  page,
  sandbox,
}) => {
  const id = 'awkward-inactive';
  const address = { line: ['1 High St'], city: 'Leeds' };
  await elsewhere(sandbox, id, { address: [address] });
  await app.open(`/patients/${id}/edit`);
  const use = page.getByRole('group', { name: 'Address 1' }).getByLabel('Use', { exact: true });
  await use.selectOption({ label: 'Old' });
  await elsewhere(sandbox, id, { address: [{ ...address, use: 'home' }] });
  await app.form.save.click();
  const choice = (name: string) => dialog(page).getByRole('radio', { name, exact: true });
  await expect(choice('Address 1: take yours, 1 High St, Leeds, old')).toBeVisible();
  await choice('Address 1: take theirs, 1 High St, Leeds, home').check();
  await dialog(page).getByRole('button', { name: 'Save changes' }).click();
  await expect(app.chart.heading).toBeVisible();
  expect((await stored(sandbox, id)).address).toEqual([{ ...address, use: 'home' }]);
  expect(
    sandbox.fhir.log.filter(({ method, path }) => method === 'PUT' && path.includes(id)),
  ).toHaveLength(2); // both by the other user
});
