import { expect, test } from './fixtures.ts';
import { settled } from './support/settled.ts';

test('the focus stays near when the pressed control disappears', async ({
  app,
  page,
  sandbox,
  guard,
}) => {
  guard.allowError(/500|Failed to load resource/);
  await app.openList();
  await settled(page, sandbox);
  const mend = sandbox.fhir.faults.add({ path: /\/Patient\?/, status: 500, body: '' });
  await app.list.box.fill('smith');
  const again = page.getByRole('button', { name: 'Try again' });
  await again.focus();
  mend();
  await page.keyboard.press('Enter');
  await expect(again).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();

  await app.list.moreFilters.click();
  const born = app.list.filter('Birth date');
  await born.fill('03/04/1970');
  await page.getByRole('button', { name: '03-Apr-1970' }).press('Enter');
  await expect(born).toBeFocused();
  await expect(born).toHaveValue('03-Apr-1970');
});
