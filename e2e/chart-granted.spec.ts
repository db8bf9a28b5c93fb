import { expect, test } from './fixtures.ts';
import { expectAccessible } from './support/axe.ts';

test('what was not granted is said in one line, and who the patient is stands below it', async ({
  app,
  page,
  sandbox,
}) => {
  const config = sandbox.appConfig();
  for (const { auth } of config.servers)
    if (auth.type === 'smart') Object.assign(auth, { scope: 'openid fhirUser user/Patient.rs' });
  app.stage.host.setConfig(config);
  await app.open('/patients/p0002', 'ehr');
  await expect(page.getByRole('heading', { name: 'Demographics' })).toBeInViewport();
  await expect(app.shell.main.getByText(/^Not granted/)).toHaveText([
    /^Not granted at sign-in: Conditions, Medications, Allergies, .* Documents\.$/,
  ]);
  await expect(page.getByRole('link', { name: /^Show all/ })).toHaveCount(0);
  await app.chart.banner.getByRole('button', { name: 'Show more' }).click();
  await expect(app.chart.banner).toContainText(/Address.*General practitioner\s*Dr/);
  await expectAccessible(page);
  expect(sandbox.fhir.log.filter(({ path }) => path.includes('/Condition'))).toEqual([]);
});
