import type { LaunchContext } from '#sandbox/oauth/launch-context.ts';
import { expect } from '../fixtures.ts';
import type { App } from './app.ts';

export const PATIENT = 'p0001';

/** An address of the app that still has launch or authorization parameters, which none may have. */
export const ANSWER = /\/(?:launch|callback|patients)[^ ]*[?#&](?:code|state|error|iss|launch)=/;

export const authorizeOf = (app: App) =>
  app.stage.sandbox.ehr.log.filter(({ kind }) => kind === 'authorize');
export const tokensOf = (app: App) =>
  app.stage.sandbox.ehr.log.filter(({ kind, method }) => kind === 'token' && method === 'POST');

/** The requests for a new token with a refresh token. */
export const refreshes = (app: App) =>
  app.stage.sandbox.ehr.log.filter(({ params }) => params['grant_type'] === 'refresh_token');

/** Launches the app from the EHR, which already knows its user and asks nothing. */
export async function openLaunch(
  app: App,
  context: LaunchContext = { patient: PATIENT },
): Promise<void> {
  await app.page.goto(app.stage.launchUrl(context));
}

/**
 * Launches, and keeps the EHR's authorization response from the page: the launch stays pending.
 *
 * @returns address of that response
 */
export async function intercepted(app: App): Promise<string> {
  let next = '';
  const pattern = '**/auth/authorize?*';
  await app.page.route(pattern, (route) => {
    next = route.request().url();
    return route.fulfill({ status: 204 });
  });
  await app.page.goto(app.stage.launchUrl({ patient: PATIENT })).catch(() => undefined);
  await expect.poll(() => next).not.toBe('');
  await app.page.unroute(pattern);
  for (let i = 0; i < 5 && !next.startsWith(app.stage.appOrigin); i++) {
    const answer = await app.page.request.get(next, { maxRedirects: 0 });
    next = new URL(answer.headers()['location'] ?? '', next).href;
  }
  expect(next).toContain('/callback?code=');
  return next;
}
