import type { FrameLocator } from 'playwright/test';
import { expect, test } from '../fixtures.ts';

/** Some EHRs show two charts side by side: their frames share the storage of the tab. */
test('requirements 24, 44: two frames launched at once in one EHR page each open their own patient and keep it', async ({
  guard,
  page,
  sandbox,
  stage,
}) => {
  const { attacker: ehr, host } = stage;
  guard.allowOrigin(ehr.origin);
  host.setConfig({ ...sandbox.appConfig(), embedding: { frameAncestors: [ehr.origin] } });
  const frames = ['p0001', 'p0002'].map((patient) => {
    const src = stage.launchUrl({ patient }).replaceAll('&', '&amp;');
    return `<iframe name="${patient}" src="${src}" width="600" height="700"></iframe>`;
  });
  ehr.serve('/ehr', 'text/html', frames.join(''));
  await page.goto(`${ehr.origin}/ehr`);
  const banner = (frame: FrameLocator) => frame.getByRole('region', { name: 'Patient banner' });
  const [left, right] = [page.frameLocator('[name=p0001]'), page.frameLocator('[name=p0002]')];
  await expect(banner(left)).toBeVisible();
  await expect(banner(right)).toBeVisible();
  const tokens = sandbox.ehr.log.filter(
    ({ kind, method }) => kind === 'token' && method === 'POST',
  );
  expect(tokens).toHaveLength(2);

  for (const [patient, view] of [['p0001', left] as const, ['p0002', right] as const]) {
    const before = await banner(view).innerText();
    const frame = page.frame(patient);
    await frame?.evaluate(() => {
      Reflect.set(globalThis, '__before', true);
      location.reload();
    });
    await expect
      .poll(() => frame?.evaluate(() => '__before' in globalThis).catch(() => true))
      .toBe(false);
    await expect(banner(view)).toHaveText(before, { useInnerText: true });
    expect(frame?.url()).toContain(`/patients/${patient}`);
    await expect(view.getByText('The EHR has another patient open')).toHaveCount(0);
  }
});
