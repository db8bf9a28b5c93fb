import type { Provenance } from 'fhir/r4';
import { expect, test } from './fixtures.ts';
import { expectAccessible } from './support/axe.ts';
import { dialog, elsewhere, press, stored } from './support/records.ts';

test.describe('history', () => {
  test('versions, who and when, any two compared in words, an old one restored', async ({
    app,
    page,
    sandbox,
  }) => {
    const id = 'awkward-no-contact';
    await elsewhere(sandbox, id, { gender: 'female' });
    await elsewhere(sandbox, id, { gender: 'female', birthDate: '1950-02-02' });
    await fetch(`${sandbox.fhir.openBaseUrl}/Provenance`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/fhir+json' },
      body: JSON.stringify({
        resourceType: 'Provenance',
        target: [{ reference: `Patient/${id}/_history/2` }],
        recorded: '2026-01-01T00:00:00Z',
        agent: [{ who: { display: 'Registrar Rowe' } }],
      } satisfies Provenance),
    });
    await app.open(`/patients/${id}/history`);
    const table = page.getByRole('table', { name: 'History' });
    await expect(table.getByRole('row', { name: /Version 2/ })).toContainText('Registrar Rowe');
    await expect(table.getByRole('row', { name: /Version 3/ })).toContainText('Not recorded');
    await expect(table.getByRole('row', { name: /Version 3/ })).toContainText('Birth date');
    expect(
      sandbox.fhir.log.filter(({ method, path }) => method === 'GET' && /Provenance/.test(path)),
    ).toHaveLength(1);
    await expectAccessible(page, 'history');
    await table.getByRole('link', { name: 'Version 1' }).click();
    await page.getByLabel('Compare with').selectOption({ index: 1 });
    await expect(page.getByRole('table', { name: 'Differences' })).toContainText('02-Feb-1950');
    await press(page, 'Restore this version').click();
    await expect(dialog(page)).toContainText('It is saved as a new version.');
    await expectAccessible(page, 'restoring a version');
    await dialog(page).getByRole('button', { name: 'Restore this version' }).click();
    await expect(table.getByRole('row', { name: /Version 4/ })).toBeVisible();
    expect(await stored(sandbox, id)).toMatchObject({ gender: 'male', birthDate: '1949-02-02' });
  });
});
