import type { Sandbox } from '#sandbox/sandbox.ts';
import { expect, test } from '../fixtures.ts';

const ID = 'awkward-no-allergies-recorded';
const subject = { reference: `Patient/${ID}` };

async function post(sandbox: Sandbox, resource: Record<string, unknown>): Promise<void> {
  const { status } = await fetch(`${sandbox.open}/${String(resource['resourceType'])}`, {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify(resource),
  });
  expect(status, JSON.stringify(resource)).toBe(201);
}

test('the category of a report is shown in words where the server sends only a code of HL7 table 0074', async ({
  app,
  page,
  sandbox,
}) => {
  const system = 'http://terminology.hl7.org/CodeSystem/v2-0074';
  for (const [name, coding] of [
    ['Blood count', { system, code: 'HM' }],
    ['Stool culture', { system, code: 'MB', display: 'Bacteriology' }],
    ['Own code', { system: 'urn:oid:1.2.3', code: 'HM' }],
  ] as const)
    await post(sandbox, {
      resourceType: 'DiagnosticReport',
      status: 'final',
      subject,
      code: { text: name },
      category: [{ coding: [coding] }],
    });
  await app.open(`/patients/${ID}/reports`);
  const row = (name: string) =>
    page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
  await expect(row('Blood count')).toContainText('Haematology');
  await expect(row('Stool culture')).toContainText('Bacteriology');
  await expect(row('Own code')).toContainText('HM');
});

test('documents that are not sorted by the dates that they show say so, in the table and on the card', async ({
  app,
  page,
  sandbox,
}) => {
  const document = (name: string, date: string, start: string) =>
    post(sandbox, {
      resourceType: 'DocumentReference',
      status: 'current',
      subject,
      type: { text: name },
      date,
      context: { period: { start } },
      content: [{ attachment: { title: name } }],
    });
  await document('Scanned letter', '2026-11-20T10:00:00Z', '2009-08-24');
  await document('Discharge letter', '2026-11-01T10:00:00Z', '2026-11-01');
  const note = page.getByText(
    'Newest first by the date recorded, not by the date of the document.',
  );
  await app.open(`/patients/${ID}/documents`);
  await expect(page.getByRole('rowheader')).toHaveText(['Scanned letter', 'Discharge letter']);
  await expect(note).toBeVisible();
  await page.goto(`/patients/${ID}`);
  await page.getByRole('region', { name: 'Documents' }).scrollIntoViewIfNeeded();
  await expect(note).toBeVisible();
});
