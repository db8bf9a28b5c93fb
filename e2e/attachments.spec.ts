import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.ts';
import { expectAccessible } from './support/axe.ts';

const PDF = '%PDF-1.4 made for this test';
const MARKUP = 'Seen today. <img src=x onerror="globalThis.__xss=1"> Grüße';

const document = (base: string) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry: [
    {
      resource: {
        resourceType: 'DocumentReference',
        id: 'd1',
        status: 'current',
        subject: { reference: 'Patient/p0001' },
        description: 'Letter',
        content: [
          {
            attachment: { contentType: 'text/plain', url: 'Binary/t1', title: 'note.txt' },
          },
          {
            attachment: {
              contentType: 'application/pdf',
              url: `${base}/Binary/f1`,
              title: '../letter.exe',
            },
          },
          { attachment: { contentType: 'application/pdf', url: 'Binary/no', title: 'sealed' } },
        ],
      },
    },
  ],
});

test('documents are requested with the token, and shown or saved without opening a window', async ({
  app,
  page,
  sandbox,
  guard,
}) => {
  const { faults, log, baseUrl } = sandbox.fhir;
  faults.add({ path: /\/DocumentReference\?/, body: document(baseUrl) });
  faults.add({ path: /\/Binary\/t1/, body: MARKUP, contentType: 'text/plain; charset=utf-8' });
  faults.add({ path: /\/Binary\/f1/, body: PDF, contentType: 'application/pdf' });
  faults.add({ path: /\/Binary\/no/, status: 403 });
  await app.open('/patients/p0001/documents', 'token');
  const row = page.getByRole('row').filter({ hasText: 'Letter' });
  await expect(row.getByRole('link')).toHaveCount(0);
  const binaries = () => log.filter((entry) => entry.path.includes('/Binary/'));
  await expect(row.getByRole('button')).toHaveCount(3);
  expect(binaries()).toEqual([]);

  await row.getByRole('button', { name: 'Open note.txt' }).click();
  await expect(row.getByText(MARKUP)).toBeVisible();
  await expect(row.getByRole('button', { name: 'Close note.txt' })).toBeFocused();

  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    row.getByRole('button', { name: 'Download ../letter.exe' }).click(),
  ]);
  expect(saved.suggestedFilename()).toBe('letter.exe.pdf');
  expect(await readFile(await saved.path(), 'utf8')).toBe(PDF);

  guard.allowError(/403/);
  await row.getByRole('button', { name: 'Download sealed' }).click();
  await expect(row.getByRole('alert')).toContainText('You are not allowed');
  await expectAccessible(page, 'documents that were opened');

  const asked = binaries().filter(({ method }) => method === 'GET');
  expect(asked.map(({ path, authorized }) => [path.split('/').at(-1), authorized])).toEqual([
    ['t1', true],
    ['f1', true],
    ['no', true],
  ]);
  expect(asked.map(({ headers }) => headers['accept'])).toEqual([
    'text/plain',
    'application/pdf',
    'application/pdf',
  ]);
  expect(page.context().pages()).toHaveLength(1);
});

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="globalThis.__xss=1"/>';

test('requirement 54: a raster image is drawn, and an SVG is not, whatever type it claims', async ({
  app,
  page,
  sandbox,
}) => {
  const { faults, openBaseUrl } = sandbox.fhir;
  const svg = Buffer.from(SVG).toString('base64');
  const binary = { resourceType: 'Binary', id: 'scan', contentType: 'image/png', data: PIXEL };
  const kept = await fetch(`${openBaseUrl}/Binary/scan`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/fhir+json' },
    body: JSON.stringify(binary),
  });
  expect(kept.ok).toBe(true);
  const content = [
    { contentType: 'image/png', url: 'Binary/scan', title: 'scan.png' },
    { contentType: 'image/png', data: svg, title: 'disguised.png' },
    { contentType: 'image/svg+xml', data: svg, title: 'drawing.svg' },
  ].map((attachment) => ({ attachment }));
  const resource = {
    resourceType: 'DocumentReference',
    id: 'd1',
    status: 'current',
    subject: { reference: 'Patient/p0001' },
    description: 'Pictures',
    content,
  };
  const body = { resourceType: 'Bundle', type: 'searchset', entry: [{ resource }] };
  faults.add({ path: /\/DocumentReference\?/, body });
  await app.open('/patients/p0001/documents');
  const row = page.getByRole('row').filter({ hasText: 'Pictures' });

  await row.getByRole('button', { name: 'Open scan.png' }).click();
  const picture = row.getByRole('img', { name: 'scan.png' });
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBe(1);
  await expectAccessible(page, 'a picture that was opened');

  await row.getByRole('button', { name: 'Open disguised.png' }).click();
  await expect(row.getByRole('alert')).toBeVisible();
  await expect(row.getByRole('img', { name: 'disguised.png' })).toHaveCount(0);
  await expect(row.getByRole('button', { name: 'Download drawing.svg' })).toBeVisible();
  await expect(row.getByRole('button', { name: 'Open drawing.svg' })).toHaveCount(0);
});
