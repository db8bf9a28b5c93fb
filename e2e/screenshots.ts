import { chromium } from 'playwright';
import { browserArgs, ensureBrowser } from '../.ci/browser.ts';
import { App } from './support/app.ts';
import { startStage } from './support/stage.ts';

// Makes the pictures of the README from the production build and the sandbox: `npx tsx
// e2e/screenshots.ts` after `npm run build`.
const FOLDER = 'docs/images';

const stage = await startStage();
const browser = await chromium.launch({
  executablePath: ensureBrowser(),
  args: [...browserArgs(), '--ignore-certificate-errors'],
});
try {
  const context = await browser.newContext({
    baseURL: stage.appOrigin,
    viewport: { width: 1180, height: 700 },
    locale: 'en-GB',
    colorScheme: 'light',
  });
  const page = await context.newPage();
  const app = new App(page, stage);
  const shot = async (name: string): Promise<void> => {
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: `${FOLDER}/${name}.png`, animations: 'disabled', scale: 'css' });
    console.log(`${FOLDER}/${name}.png`);
  };

  await page.goto('/');
  await app.shell.signInTo('Open test server').waitFor();
  await shot('sign-in');
  await app.openList('entra');
  await shot('patients');
  await page.goto('/patients/p0001');
  await app.chart.banner.waitFor();
  await shot('chart');
  await page.goto('/patients/p0001/edit');
  await app.form.family.waitFor();
  await shot('edit');
  await page.goto('/access');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForTimeout(3_000);
  await shot('access');
} finally {
  await browser.close();
  await stage.close();
}
