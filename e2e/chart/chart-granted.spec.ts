import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/axe.ts';
import { asked, launched } from '../support/context.ts';
import { PATIENT } from '../support/launch.ts';

test('records that were not granted are listed in one line above the demographics', async ({
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

test('records granted only in part are marked in cards, banner and panels', async ({
  app,
  page,
  sandbox,
}) => {
  const category = 'http://terminology.hl7.org/CodeSystem/observation-category';
  sandbox.ehr.control.grantScope = [
    'launch openid fhirUser patient/Patient.rs patient/AllergyIntolerance.rs?category=biologic',
    `patient/Observation.rs?category=${category}|vital-signs`,
  ].join(' ');
  await launched(app, { patient: PATIENT, encounter: `${PATIENT}-encounter-2` });
  const part = (name: string) => page.getByRole('region', { name, exact: true });
  const vitalsOnly = 'Only a part was granted at sign-in: category vital-signs.';
  await expect(part('Laboratory')).toContainText(vitalsOnly);
  await expect(part('Vital signs')).toContainText('mmHg');
  await expect(part('Vital signs')).not.toContainText('granted');
  await expect(app.chart.banner).toContainText(
    /Allergies unavailable\s*Only a part was granted at sign-in: category biologic\./,
  );
  await expect(app.shell.main).toContainText(
    'An encounter is open in the EHR. Reading it was not granted at sign-in.',
  );
  await app.chart.navigation.getByRole('link', { name: 'Laboratory' }).click();
  await expect(part('Laboratory')).toContainText(vitalsOnly);
  await expect(part('Laboratory')).toContainText('Records may be missing here.');
  await expect(part('Laboratory')).not.toContainText('The server has no such records');
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(asked(app).filter((text) => text.includes('/Encounter'))).toEqual([]);
  await expectAccessible(page);
});
