import type { FrameLocator, Page } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import { App, LABELS } from './support/app.ts';
import type { Stage } from './support/stage.ts';

// Every kind of sign-in, in every kind of window, with every kind of end.
const KINDS = ['entra', 'standalone', 'launch'] as const;
const WINDOWS = ['tab', 'popup', 'iframe'] as const;
const ENDS = ['happy', 'denied', 'expired', 'revoked', 'replayed', 'hostile'] as const;
type Kind = (typeof KINDS)[number];
type Window = (typeof WINDOWS)[number];
type End = (typeof ENDS)[number];

/** What a test may look at: a page, or the app's frame in it. */
type View = Page | FrameLocator;

const refused = {
  status: 401,
  body: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'login' }] },
};

/** The address of the app where a sign-in of this kind begins. */
const start = (stage: Stage, kind: Kind, end: End): string => {
  if (kind !== 'launch') return `${stage.appOrigin}/patients`;
  const url = new URL(stage.launchUrl({ patient: 'p0001' }));
  if (end === 'hostile') url.searchParams.set('iss', `${stage.attacker.origin}/fhir`);
  return url.href;
};

/** Opens it in a tab, in a popup of the EHR's page, or in a frame of it. */
async function openIn(window: Window, page: Page, stage: Stage, url: string): Promise<View> {
  if (window === 'tab') {
    await page.goto(url);
    return page;
  }
  // A real server, and not an intercepted answer: a page from nowhere may not frame this machine's.
  const { attacker: other, host, sandbox } = stage;
  const body =
    window === 'popup'
      ? `<a href="${url}" target="_blank" rel="opener">app</a>`
      : `<iframe title="app" src="${url.replaceAll('&', '&amp;')}" width="1000" height="900"></iframe>`;
  other.serve('/ehr', 'text/html', body);
  const frameAncestors = [sandbox.ehr.origin, other.origin];
  host.setConfig({ ...sandbox.appConfig(), embedding: { frameAncestors } });
  sandbox.addAppOrigin(other.origin); // the EHR's own sign-in page lets itself be framed by these
  await page.goto(`${other.origin}/ehr`);
  other.visits.length = 0;
  if (window === 'iframe') return page.frameLocator('iframe');
  const popup = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'app' }).click();
  return popup;
}

/** Breaks the servers so that the sign-in ends as wanted. */
function arrange({ sandbox, attacker }: Stage, end: End): void {
  const { entra, ehr, fhir } = sandbox;
  if (end === 'denied') {
    entra.control.deny = { error: 'access_denied', description: 'AADSTS65004: declined' };
    ehr.control.authorizeError = { error: 'access_denied', withState: true };
  }
  if (end === 'expired')
    fhir.faults.add({ method: 'GET', path: /\/Patient/, times: 1, ...refused });
  if (end === 'revoked') {
    entra.control.interactionRequired = true;
    ehr.control.refresh = 'refuse';
    fhir.faults.add({ method: 'GET', path: /\/Patient/, ...refused });
  }
  if (end === 'hostile') {
    entra.control.idToken = (claims) => ({ ...claims, nonce: 'another' });
    ehr.control.metadata = (metadata) => ({ ...metadata, token_endpoint: `${attacker.origin}/t` });
  }
}

async function signIn(view: View, kind: Kind, end: End): Promise<void> {
  if (kind === 'launch') return;
  const label = kind === 'entra' ? LABELS.entra : LABELS.ehr;
  await view.getByRole('button', { name: `Sign in to ${label}` }).click();
  if (end === 'denied' || (end === 'hostile' && kind === 'standalone')) return;
  const who = kind === 'entra' ? 'Dr Casey Moreau' : /Practitioner/;
  await view.getByRole('button', { name: who }).first().click();
}

/** Patients in sight: the list, or the banner of the launched patient. */
const inside = (view: View, kind: Kind) =>
  kind === 'launch'
    ? view.getByRole('region', { name: 'Patient banner' })
    : view.getByRole('table').getByRole('link').first();

async function verify(app: App, view: View, kind: Kind, end: End): Promise<void> {
  const { sandbox, attacker } = app.stage;
  const log = kind === 'entra' ? sandbox.entra.log : sandbox.ehr.log;
  const tokens = () => log.filter(({ kind: k, method }) => k === 'token' && method === 'POST');
  if (end === 'happy' || end === 'expired' || end === 'replayed') {
    await expect(inside(view, kind)).toBeVisible();
    // An expired token is renewed once, without the person.
    expect(tokens()).toHaveLength(end === 'expired' ? 2 : 1);
  } else if (end === 'revoked') {
    await expect(view.getByRole('alertdialog')).toContainText('Your session has ended');
    expect(tokens().length).toBeLessThanOrEqual(3);
  } else {
    await expect(view.getByRole('alert')).toBeVisible();
    await expect(view.getByRole('link', { name: 'Access check' }).first()).toBeVisible();
    await expect(view.getByRole('button', { name: 'Sign out' })).toHaveCount(0);
    await expect(inside(view, kind)).toHaveCount(0);
  }
  expect(attacker.visits).toEqual([]);
}

for (const kind of KINDS) {
  for (const window of WINDOWS) {
    test(`${kind} in a ${window}: ${ENDS.join(', ')}`, async ({ context, guard, stage }) => {
      test.setTimeout(150_000);
      guard.allowOrigin(stage.attacker.origin);
      guard.allowError(/interaction_required|BrowserAuthError|X-Frame|frame|net::ERR/i);
      const ends = kind === 'entra' && window === 'iframe' ? (['happy'] as const) : ENDS;
      for (const end of ends) {
        await test.step(end, async () => {
          stage.reset();
          const page = await context.newPage();
          const app = new App(page, stage);
          arrange(stage, end);
          let answer = '';
          context.on('request', (request) => {
            if (/\/(callback\?|redirect\.html#)/.test(request.url())) answer = request.url();
          });
          const view = await openIn(window, page, stage, start(stage, kind, end));
          if (kind === 'entra' && window === 'iframe') {
            // Entra ID refuses every frame: said at once, with the way to a window of its own.
            await view.getByRole('button', { name: `Sign in to ${LABELS.entra}` }).click();
            await expect(view.getByRole('alert')).toContainText('cannot be shown inside');
            const popup = page.waitForEvent('popup');
            await view.getByRole('button', { name: 'Open in a new window' }).click();
            const opened = app.in(await popup);
            await expect(opened.shell.signInTo(LABELS.entra)).toBeVisible();
            await opened.page.close();
          } else {
            await signIn(view, kind, end);
            await verify(app, view, kind, end);
            if (end === 'replayed' && kind !== 'entra') {
              expect(answer).toContain('code=');
              const again = await context.newPage();
              await again.goto(answer);
              await expect(again.getByRole('alert')).toContainText(
                'does not belong to this window',
              );
              await expect(again.getByRole('button', { name: 'Start over' })).toBeVisible();
              await again.close();
              await verify(app, view, kind, end);
            }
          }
          for (const open of context.pages()) await open.close();
        });
      }
      // The guard looks at what is open in the end.
      await context.newPage();
    });
  }
}

test('requirement 25: an old callback address in a signed-in tab: refused, and the session goes on', async ({
  app,
  page,
  sandbox,
}) => {
  await app.openList('ehr');
  await page.goto('/callback?code=OLD&state=OLD');
  await expect(app.shell.alert).toContainText('does not belong to this window');
  await page.getByRole('button', { name: 'Back to the open session' }).click();
  await app.listIsFilled();
  expect(sandbox.ehr.log.filter(({ kind }) => kind === 'token')).toHaveLength(1);
});

test('requirement 73: an EHR frame without storage: explained, and the new window completes the launch', async ({
  app,
  guard,
  page,
  stage,
}) => {
  guard.allowOrigin(stage.attacker.origin);
  await page.addInitScript(() => {
    if (globalThis.self === globalThis.top) return;
    Object.defineProperty(globalThis, 'sessionStorage', {
      get() {
        throw new DOMException('Access is denied for this document.', 'SecurityError');
      },
    });
  });
  const view = await openIn('iframe', page, stage, stage.launchUrl({ patient: 'p0001' }));
  await expect(view.getByRole('alert')).toContainText('does not let this page keep anything');
  const popup = page.waitForEvent('popup');
  await view.getByRole('button', { name: 'Open in a new window' }).click();
  await expect(app.in(await popup).chart.banner).toBeVisible();
});
