import type { LaunchContext } from '#sandbox/oauth/launch-context.ts';
import { expect } from '../fixtures.ts';
import type { App } from './app.ts';
import { openLaunch, PATIENT } from './launch.ts';

/** Launches the app from the EHR and waits until the user is signed in. */
export async function launched(
  app: App,
  context: LaunchContext = { patient: PATIENT },
): Promise<void> {
  await openLaunch(app, context);
  // Several pages follow each other, and the first test of a worker starts with cold servers.
  await expect(app.shell.signOut).toBeVisible({ timeout: 20_000 });
}

/** Returns path and query of every FHIR request so far, without preflights. */
export const asked = (app: App): string[] =>
  app.stage.sandbox.fhir.log
    .filter(({ method }) => method !== 'OPTIONS')
    .map(({ path, query }) => `${path}?${query}`);
