import type { FrameLocator, Page } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import { App, LABELS } from './support/app.ts';
import type { Stage } from './support/stage.ts';

// Every kind of sign-in, in every kind of window, with every outcome. Entra ID refuses to be shown
// in a frame, so in a frame both kinds of its sign-in open a popup.
const KINDS = ['entra', 'entra-popup', 'standalone', 'launch'] as const;
const WINDOWS = ['tab', 'popup', 'iframe'] as const;
const ENDS = ['happy', 'denied', 'expired', 'revoked', 'hostile'] as const;
type Kind = (typeof KINDS)[number];
type Window = (typeof WINDOWS)[number];
type End = (typeof ENDS)[number];

/** Where the app is shown: a page, or a frame in one. */
type View = Page | FrameLocator;

const refused = {
  status: 401,
  body: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'login' }] },
};

/** Returns the address of the app where a sign-in of this kind begins. */
const start = (stage: Stage, kind: Kind, end: End): string => {
  if (kind !== 'launch') return `${stage.appOrigin}/patients`;
  const url = new URL(stage.launchUrl({ patient: 'p0001' }));
  if (end === 'hostile') url.searchParams.set('iss', `${stage.attacker.origin}/fhir`);
  return url.href;
};

const isEntra = (kind: Kind): boolean => kind.startsWith('entra');

/** Configures the site so that an EHR may frame it, and Entra ID signs in as `kind` says. */
function configure({ host, sandbox, attacker }: Stage, kind: Kind, more: object = {}): void {
  const config = sandbox.appConfig();
  const frameAncestors = [sandbox.ehr.origin, attacker.origin];
  const servers = config.servers.map((server) =>
    server.id === 'entra' && kind === 'entra-popup'
      ? { ...server, auth: { ...server.auth, interaction: 'popup' } }
      : server,
  );
  host.setConfig({ ...config, servers, embedding: { frameAncestors }, ...more });
}

/** Withdraws the origin that {@link openIn} registered, so that no other test depends on it. */
let forgetOrigin = (): unknown => undefined;
test.afterEach(() => {
  forgetOrigin();
});

/** Opens an address in a tab, in a popup of the EHR's page, or in a frame of it. */
async function openIn(window: Window, page: Page, stage: Stage, url: string): Promise<View> {
  if (window === 'tab') {
    await page.goto(url);
    return page;
  }
  // Needs a real server: the browser lets no intercepted page frame one of this machine.
  const { attacker: other, sandbox } = stage;
  const body =
    window === 'popup'
      ? `<a href="${url}" target="_blank" rel="opener">app</a>`
      : `<iframe title="app" src="${url.replaceAll('&', '&amp;')}" width="1000" height="900"></iframe>`;
  other.serve('/ehr', 'text/html', body);
  // The EHR's sign-in page allows registered origins to frame it.
  forgetOrigin = sandbox.addAppOrigin(other.origin);
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

interface Attempt {
  readonly page: Page;
  readonly view: View;
  readonly kind: Kind;
  readonly window: Window;
  readonly end: End;
}

async function signIn({ page, view, kind, window, end }: Attempt): Promise<void> {
  if (kind === 'launch') return;
  const label = isEntra(kind) ? LABELS.entra : LABELS.ehr;
  const button = view.getByRole('button', { name: `Sign in to ${label}` });
  const asked = end !== 'denied' && !(end === 'hostile' && kind === 'standalone');
  if (kind === 'entra-popup' || (kind === 'entra' && window === 'iframe')) {
    const from = window === 'popup' ? (view as Page) : page;
    const opening = from.waitForEvent('popup');
    await button.click();
    let small = await opening;
    if (window === 'iframe') {
      // A small page of the app opens first, because the storage of a frame may be partitioned.
      const next = small.waitForEvent('popup');
      await small.getByRole('button', { name: 'Continue to sign in' }).click();
      small = await next;
    }
    if (asked) await small.getByRole('button', { name: 'Dr Casey Moreau' }).click();
    return;
  }
  await button.click();
  const who = isEntra(kind) ? 'Dr Casey Moreau' : /Practitioner/;
  if (asked) await view.getByRole('button', { name: who }).first().click();
}

/** Returns what shows patients: a link in the list, or the banner of the launched patient. */
const inside = (view: View, kind: Kind) =>
  kind === 'launch'
    ? view.getByRole('region', { name: 'Patient banner' })
    : view.getByRole('table').getByRole('link').first();

async function verify(app: App, view: View, kind: Kind, end: End): Promise<void> {
  const { sandbox, attacker } = app.stage;
  const log = isEntra(kind) ? sandbox.entra.log : sandbox.ehr.log;
  const tokens = () => log.filter(({ kind: k, method }) => k === 'token' && method === 'POST');
  if (end === 'happy' || end === 'expired') {
    await expect(inside(view, kind)).toBeVisible({ timeout: 20_000 });
    // An expired token is renewed once, without the user.
    expect(tokens()).toHaveLength(end === 'expired' ? 2 : 1);
  } else if (end === 'revoked') {
    await expect(view.getByRole('alertdialog')).toContainText('Your session has ended', {
      timeout: 15_000,
    });
    expect(tokens().length).toBeLessThanOrEqual(3);
  } else {
    await expect(view.getByRole('alert')).toBeVisible();
    await expect(view.getByRole('link', { name: 'Access check' }).first()).toBeVisible();
    await expect(view.getByRole('button', { name: 'Sign out' })).toHaveCount(0);
    await expect(inside(view, kind)).toHaveCount(0);
  }
  expect(attacker.visits).toEqual([]);
}

/** Opens the used response once more, in a new tab where nobody is signed in. */
async function replay(
  app: App,
  answer: string,
  { view, kind, window, end }: Attempt,
): Promise<void> {
  expect(answer).toContain('code=');
  const again = await app.page.context().newPage();
  await again.goto(answer);
  if (kind === 'entra-popup' || (kind === 'entra' && window === 'iframe')) {
    // No window waits for this response, so its page may close by itself.
    await again.waitForTimeout(500);
  } else if (isEntra(kind)) {
    await expect(app.in(again).shell.signInTo(LABELS.entra)).toBeVisible();
  } else {
    await expect(again.getByRole('alert')).toContainText('does not belong to this window');
    await expect(again.getByRole('button', { name: 'Start over' })).toBeVisible();
  }
  expect(again.isClosed() ? '' : again.url()).not.toMatch(/code=|state=/);
  await again.close();
  await verify(app, view, kind, end);
}

for (const kind of KINDS) {
  for (const window of WINDOWS) {
    test(`sign-in by ${kind} in a ${window}: ${ENDS.join(', ')}, replayed`, async ({
      context,
      guard,
      stage,
    }) => {
      test.setTimeout(240_000);
      guard.allowOrigin(stage.attacker.origin);
      guard.allowError(/interaction_required|BrowserAuthError|X-Frame|frame|net::ERR/i);
      for (const end of ENDS) {
        await test.step(end, async () => {
          stage.reset();
          configure(stage, kind);
          const page = await context.newPage();
          const app = new App(page, stage);
          arrange(stage, end);
          let answer = '';
          context.on('request', (request) => {
            if (request.url().includes('/callback?')) answer = request.url();
          });
          // Request events lack the fragment of the address.
          const watch = (opened: Page): void =>
            void opened.on('framenavigated', (frame) => {
              if (frame.url().includes('/redirect.html#code')) answer = frame.url();
            });
          watch(page);
          context.on('page', watch);
          const view = await openIn(window, page, stage, start(stage, kind, end));
          const attempt = { page, view, kind, window, end };
          await signIn(attempt);
          await verify(app, view, kind, end);
          // A successful sign-in has used its response, which can be replayed here.
          if (end === 'happy') await test.step('replayed', () => replay(app, answer, attempt));
          await guard.verify();
          for (const open of context.pages()) await open.close();
        });
      }
    });
  }
}

test('Entra ID in a frame without popups is explained, and a new window of the app is offered', async ({
  app,
  guard,
  page,
  stage,
}) => {
  guard.allowOrigin(stage.attacker.origin);
  configure(stage, 'entra');
  await page.addInitScript(() => {
    if (globalThis.self !== globalThis.top) Reflect.set(globalThis, 'open', () => null);
  });
  const view = await openIn('iframe', page, stage, `${stage.appOrigin}/patients`);
  await view.getByRole('button', { name: `Sign in to ${LABELS.entra}` }).click();
  await expect(view.getByRole('alert')).toContainText('browser blocked the sign-in window');
  await expect(view.getByRole('button', { name: 'Open in a new window' })).toBeVisible();
  expect(app.stage.sandbox.entra.log.filter(({ kind }) => kind === 'token')).toEqual([]);
});

test('Entra ID in a frame signs in even when the response of the popup arrives late', async ({
  context,
  guard,
  page,
  stage,
}) => {
  guard.allowOrigin(stage.attacker.origin);
  // Delays both channels of the response by more than the 500 ms in which MSAL polls its popup.
  await context.addInitScript(() => {
    const late = (listener: EventListener) => (event: Event) => setTimeout(listener, 600, event);
    Object.defineProperty(BroadcastChannel.prototype, 'onmessage', {
      set(this: BroadcastChannel, listener: EventListener) {
        this.addEventListener('message', late(listener));
      },
    });
    const listen = window.addEventListener.bind(window);
    Reflect.set(window, 'addEventListener', (type: string, listener: EventListener) =>
      listen(type, type === 'message' ? late(listener) : listener),
    );
  });
  configure(stage, 'entra');
  const view = await openIn('iframe', page, stage, `${stage.appOrigin}/patients`);
  await signIn({ page, view, kind: 'entra', window: 'iframe', end: 'happy' });
  await expect(inside(view, 'entra')).toBeVisible();
  await expect.poll(() => context.pages().length).toBe(1);
});

test('a sign-in popup that was closed is reported, and sign-in can be tried again at once', async ({
  app,
  guard,
  page,
  stage,
}) => {
  guard.allowError(/BrowserAuthError|interaction/i);
  configure(stage, 'entra-popup');
  await page.goto('/patients');
  for (let i = 0; i < 2; i++) {
    const opening = page.waitForEvent('popup');
    await app.shell.signInTo(LABELS.entra).click();
    const small = await opening;
    await expect(small.getByRole('button', { name: 'Dr Casey Moreau' })).toBeVisible();
    await small.close();
    await expect(app.shell.alert).toContainText('The sign-in was cancelled', { timeout: 15_000 });
  }
  const opening = page.waitForEvent('popup');
  await app.shell.signInTo(LABELS.entra).click();
  await (await opening).getByRole('button', { name: 'Dr Casey Moreau' }).click();
  await app.listIsFilled();
});

test('requirement 25: an old callback address in a signed-in tab is refused, and the session goes on', async ({
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

test('requirement 73: a frame without storage is explained, and a new window completes the launch', async ({
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
  configure(stage, 'launch', { picker: { origins: [stage.attacker.origin] } });
  const view = await openIn('iframe', page, stage, stage.launchUrl({ patient: 'p0001' }));
  await expect(view.getByRole('alert')).toContainText('does not let this page keep anything');
  const popup = page.waitForEvent('popup');
  await view.getByRole('button', { name: 'Open in a new window' }).click();
  const opened = await popup;
  await expect(app.in(opened).chart.banner).toBeVisible({ timeout: 20_000 });
  // Requirement 72: with a picker configured, no header cuts the app off from its opener.
  expect(await opened.evaluate(() => window.opener as unknown)).toBeNull();
});
