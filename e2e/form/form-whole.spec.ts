import type { Patient } from 'fhir/r4';
import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/axe.ts';
import { posts } from '../support/records.ts';

test('every field of the form is saved and shown again, and an edit leaves the others unchanged', async ({
  app,
  page,
  sandbox,
}) => {
  await app.open('/patients/new');
  await app.form.family.fill('Wholeform');
  await app.form.given.fill('Ada Grace');
  await page.getByLabel('Prefix').first().fill('Dr');
  await app.form.month.selectOption({ label: 'May' });
  await app.form.year.fill('1960');
  await app.form.gender.selectOption({ label: 'Other' });

  const identifier = page.getByRole('group', { name: 'Identifier 1' });
  await identifier.getByLabel('Identifier', { exact: true }).fill('WF-1');
  await identifier.getByLabel('Type').selectOption({ label: 'Medical record number' });
  await identifier.getByLabel('System').fill('https://mrn.example');
  await identifier.getByLabel('Assigner').fill('Riverside');
  await identifier.getByText('In use from … until').click();
  await identifier.getByLabel('In use from', { exact: true }).fill('2001');
  const phone = page.getByRole('group', { name: 'Contact 1' });
  await phone.getByLabel('Phone', { exact: true }).fill('+31 6 1234');
  await phone.getByLabel('Use', { exact: true }).selectOption({ label: 'Mobile' });
  await phone.getByLabel('Preference').fill('1');
  await phone.getByText('In use from … until').click();
  await phone.getByLabel('In use until').fill('Mar 2030');
  const address = page.getByRole('group', { name: 'Address 1' });
  await address.getByLabel('Street and number').fill('Main Street 1\nFlat 2');
  await address.getByLabel('City').fill('Delft');
  await address.getByText('In use from … until').click();
  await address.getByLabel('In use from', { exact: true }).fill('5 Mar 2001');

  await page.getByText('More details').click();
  const part = (name: string) => page.getByRole('region', { name });
  const names = part('Other names');
  for (const [n, use, family] of [
    [1, 'Maiden name', 'Before'],
    [2, 'Nickname', 'Whole'],
  ] as const) {
    await names.getByRole('button', { name: 'Add a name' }).click();
    const row = names.getByRole('group', { name: `Other name ${n}` });
    await row.getByLabel('Use', { exact: true }).selectOption({ label: use });
    await row.getByLabel('Family name').fill(family);
  }
  const status = part('Status');
  await status.getByLabel('Marital status').selectOption({ label: 'Widowed' });
  await status.getByLabel('Multiple birth').selectOption({ label: 'Yes, with birth order' });
  await status.getByLabel('Birth order').fill('2');
  await status.getByLabel('Deceased').selectOption({ label: 'No' });
  const languages = part('Languages');
  await languages.getByLabel('Interpreter needed').selectOption({ label: 'Yes' });
  await languages.getByRole('button', { name: 'Add a language' }).click();
  await languages.getByLabel('Language', { exact: true }).selectOption({ label: 'Greek' });

  const contacts = part('Contact persons');
  await contacts.getByRole('button', { name: 'Add a contact person' }).click();
  const kin = contacts.getByRole('group', { name: 'Contact person 1' });
  await kin.getByLabel('Relationship').selectOption({ label: 'Next of kin' });
  await app.form.create.click();
  await expect(app.form.alert.first()).toContainText('Enter a name, a phone, an email');
  await kin.getByLabel('Family name').fill('Kin');
  await kin.getByLabel('Email').fill('kin@example.org');
  await kin.getByText('Address, organization and more').click();
  await kin.getByLabel('City').fill('Leiden');
  await kin.getByLabel('Find an organization by name').fill('Hillside');
  await kin.getByLabel('Find an organization by name').press('Enter');
  await kin.getByRole('button', { name: 'Hillside Family Practice' }).click();

  const practitioner = part('General practitioner');
  const finder = practitioner.getByLabel('Find a practitioner or practice by name');
  for (const [typed, found] of [
    ['whitfield', 'Dr. Margaret Whitfield, practitioner'],
    ['lindqvist', /\(General practice, Hillside Family Practice\), practitioner in a role$/],
    ['riverside', 'Riverside General Hospital, organization'],
  ] as const) {
    await finder.fill(typed);
    await finder.press('Enter');
    await practitioner
      .getByRole('list', { name: 'Found' })
      .getByRole('button', {
        name: typeof found === 'string' ? /, (practitioner|organization)$/ : found,
      })
      .click();
  }
  await expectAccessible(page, 'the whole form, filled in');

  const sent = page.waitForRequest((r) => r.method() === 'POST' && r.url().endsWith('/Patient'));
  await app.form.create.click();
  const body = (await sent).postDataJSON() as Patient;
  const greek = { coding: [{ system: 'urn:ietf:bcp:47', code: 'el' }] };
  expect(body).toMatchObject({
    birthDate: '1960-05',
    gender: 'other',
    name: [
      { use: 'official', family: 'Wholeform', given: ['Ada', 'Grace'], prefix: ['Dr'] },
      { use: 'maiden', family: 'Before' },
      { use: 'nickname', family: 'Whole' },
    ],
    identifier: [
      {
        value: 'WF-1',
        system: 'https://mrn.example',
        type: { coding: [{ code: 'MR' }] },
        assigner: { display: 'Riverside' },
        period: { start: '2001' },
      },
    ],
    telecom: [{ system: 'phone', use: 'mobile', rank: 1, period: { end: '2030-03' } }],
    address: [
      { line: ['Main Street 1', 'Flat 2'], city: 'Delft', period: { start: '2001-03-05' } },
    ],
    multipleBirthInteger: 2,
    deceasedBoolean: false,
    communication: [{ language: greek, preferred: true }],
    contact: [
      {
        name: { family: 'Kin' },
        telecom: [{ system: 'email', value: 'kin@example.org' }],
        address: { city: 'Leiden' },
        organization: { reference: 'Organization/org-hillside' },
      },
    ],
  });
  expect(body.extension?.[0]?.valueBoolean).toBe(true);
  expect(body.generalPractitioner?.map(({ reference }) => reference)).toEqual([
    'Practitioner/dr-whitfield',
    'PractitionerRole/role-dr-lindqvist-hillside',
    'Organization/org-riverside',
  ]);
  await expect(app.chart.heading).toContainText('WHOLEFORM');
  // The server kept everything, so no notice says otherwise.
  await expect(page.getByRole('paragraph').filter({ hasText: /^Created / })).toBeVisible();
  await expect(page.getByText('did not keep everything')).toHaveCount(0);

  await app.editSaved();
  await page.getByText('More details').click();
  await expect(kin.getByLabel('City')).toHaveValue('Leiden');
  await kin.getByLabel('Email').fill('next@example.org');
  const put = page.waitForRequest((r) => r.method() === 'PUT');
  await app.form.save.click();
  const edited = (await put).postDataJSON() as Patient;
  const { id: _, meta: __, ...rest } = edited;
  expect(rest).toEqual({
    ...body,
    contact: [{ ...body.contact?.[0], telecom: [{ system: 'email', value: 'next@example.org' }] }],
  });
  expect(posts(sandbox)).toBe(1);
});
