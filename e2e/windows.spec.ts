import { expect, test } from './fixtures.ts';
import { LABELS } from './support/app.ts';
import { PATIENT } from './support/launch.ts';
import { drawn, settled } from './support/settled.ts';

/** The channel on which the tabs of the app talk to each other. */
const CHANNEL = '/pb.session';

test.describe('other windows', () => {
  /** Messages as other programs may send them: forged ones of this app, of others, and nonsense. */
  const MESSAGES: unknown[] = [
    { type: 'signed-out' },
    { type: 'active', at: 9e15 },
    { type: 'setCallback', url: 'https://evil.example/callback?code=X&state=Y' },
    'https://evil.example/callback?code=X&state=Y',
    { type: 'msal:popup-relay-response', id: 'x', payload: '#code=X&state=Y' },
    { source: 'react-devtools-bridge', payload: {} },
    { messageId: 'x', messageType: 'scratchpad.read', payload: {} },
    { __proto__: { polluted: true }, constructor: { prototype: { polluted: true } } },
    null,
    0,
  ];

  test('requirement 70: messages from an embedding page have no effect on the app', async ({
    attacker,
    guard,
    page,
    sandbox,
    stage,
  }) => {
    guard.allowOrigin(attacker.origin);
    stage.host.setConfig({
      ...sandbox.appConfig(),
      embedding: { frameAncestors: [attacker.origin] },
    });
    const body = `<iframe title="app" src="${stage.appOrigin}/patients" width="1000" height="800"></iframe>`;
    attacker.serve('/ehr', 'text/html', body);
    await page.goto(`${attacker.origin}/ehr`);
    const view = page.frameLocator('iframe');
    await view.getByRole('button', { name: `Sign in to ${LABELS.open}` }).click();
    const first = view.getByRole('table').getByRole('link').first();
    await expect(first).toBeVisible();
    await settled(page.frames()[1] ?? page, sandbox); // later requests of the list are done
    const before = sandbox.fhir.log.length;
    const visits = attacker.visits.length;
    await page.evaluate((messages) => {
      for (const message of messages) frames[0]?.postMessage(message, '*');
    }, MESSAGES);
    await settled(page.frames()[1] ?? page, sandbox); // the messages have been delivered
    await expect(first).toBeVisible();
    await expect(view.getByRole('button', { name: 'Sign out' })).toBeVisible();
    expect(sandbox.fhir.log.length).toBe(before);
    expect(attacker.visits.length).toBe(visits);
  });

  test('requirement 70: only messages of the right shape have an effect between tabs', async ({
    app,
    context,
  }) => {
    await app.openList('token');
    const other = await context.newPage();
    await other.goto('/redirect.html');
    const say = (messages: unknown[]): Promise<void> =>
      other.evaluate(
        ({ all, name }) => {
          const channel = new BroadcastChannel(name);
          const tell = channel.postMessage.bind(channel);
          for (const message of all) tell(message);
        },
        { all: messages, name: CHANNEL },
      );
    await app.page.evaluate((name) => {
      const last = new Promise<void>((resolve) =>
        new BroadcastChannel(name).addEventListener('message', ({ data }) => {
          if (data === 'last') resolve();
        }),
      );
      // In a function, because `evaluate` would wait for the promise itself.
      Reflect.set(globalThis, 'heardLast', () => last);
    }, CHANNEL);
    await say([...MESSAGES.slice(1), { type: ['signed-out'] }, { type: 'Signed-out' }, 'last']);
    await app.page.evaluate(() => Reflect.get(globalThis, 'heardLast')() as Promise<void>);
    await drawn(app.page);
    await expect(app.list.patients.first()).toBeVisible();
    await say([{ type: 'signed-out' }]);
    await expect(app.shell.signInTo(LABELS.token)).toBeVisible();
  });

  test('requirement 72: opened by another page, the app has no opener and does not navigate it', async ({
    app,
    attacker,
    guard,
    page,
    stage,
  }) => {
    guard.allowOrigin(attacker.origin);
    const link = `<a href="${stage.launchUrl({ patient: PATIENT })}" target="_blank" rel="opener">app</a>`;
    attacker.serve('/ehr', 'text/html', link);
    await page.goto(`${attacker.origin}/ehr`);
    const popup = page.waitForEvent('popup');
    await page.getByRole('link', { name: 'app' }).click();
    const opened = app.in(await popup);
    await expect(opened.chart.banner).toBeVisible();
    expect(await opened.page.evaluate(() => window.opener as unknown)).toBeNull();
    expect(page.url()).toBe(`${attacker.origin}/ehr`);
    await opened.shell.signOut.click();
    await expect(opened.shell.signInTo(LABELS.ehr)).toBeVisible();
    expect(page.url()).toBe(`${attacker.origin}/ehr`);
  });

  test('requirement 72: every link that opens a window has noopener and noreferrer', async ({
    app,
    sandbox,
  }) => {
    await app.open('/patients/awkward-hostile');
    await expect(app.chart.navigation.getByRole('link').nth(5)).toBeVisible();
    const paths = await app.chart.navigation
      .getByRole('link')
      .evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).pathname));
    expect(paths.length).toBeGreaterThan(5);
    const rels: (string | null)[] = [];
    for (const path of paths) {
      await app.page.locator(`nav a[href="${path}"]`).first().click();
      await expect(app.page).toHaveURL(new RegExp(`${path}$`));
      await settled(app.page, sandbox);
      // The code that shows attachments loads only when there is one.
      if (path.endsWith('/documents'))
        await expect(app.shell.main.getByRole('link', { name: 'Tracker' })).toBeVisible();
      rels.push(
        ...(await app.page
          .locator('a[target]')
          .evaluateAll((all) => all.map((a) => a.getAttribute('rel')))),
      );
    }
    expect(rels.length, 'a document that is elsewhere').toBeGreaterThan(0);
    expect(rels).toEqual(rels.map(() => 'noopener noreferrer'));
  });

  test('requirement 71: the page between a frame and its sign-in popup opens nothing for other sites', async ({
    attacker,
    context,
    guard,
    page,
    stage,
  }) => {
    guard.allowOrigin(attacker.origin);
    const request = encodeURIComponent(
      JSON.stringify({ id: 'x', method: 'GET', url: attacker.origin.replace('http', 'https') }),
    );
    const relay = `${stage.appOrigin}/redirect.html#req=${request}`;
    attacker.serve('/ehr', 'text/html', `<a href="${relay}" target="_blank" rel="opener">x</a>`);
    await page.goto(`${attacker.origin}/ehr`);
    const popup = page.waitForEvent('popup');
    await page.getByRole('link').click();
    const opened = await popup;
    await opened.waitForURL(/redirect\.html$/);
    await expect(opened.getByRole('button')).toHaveCount(0);
    const byHand = await context.newPage();
    await byHand.goto(relay);
    await expect(byHand.getByRole('button', { name: 'Continue to sign in' })).toHaveCount(0);
    await expect(byHand).toHaveURL(`${stage.appOrigin}/`);
  });
});
