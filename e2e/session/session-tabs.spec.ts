import { expect, test } from '../fixtures.ts';
import { LABELS } from '../support/app.ts';
import { refreshes } from '../support/launch.ts';
import { searchAfterExpiry } from '../support/records.ts';

test.describe('a session that runs out', () => {
  test('requirement 39: a duplicated tab never uses a refresh token that the other has used', async ({
    app,
    sandbox,
  }) => {
    await app.openList('ehr');
    const other = await app.duplicate();
    for (const [tab, name] of [
      [app, 'Methusa'],
      [other, 'Dormant'], // this one still holds the token that the first has used up
      [other, 'Methusa'],
      [app, 'Dormant'],
    ] as const) {
      await searchAfterExpiry(tab, name);
      await expect(tab.list.patient(new RegExp(name, 'i'))).toBeVisible();
      await expect(tab.page.getByRole('alertdialog')).toHaveCount(0);
    }
    const sent = refreshes(app).map(({ params }) => params['refresh_token']);
    expect(sent.length).toBeGreaterThanOrEqual(2);
    expect(new Set(sent).size, 'no token twice').toBe(sent.length);
    expect(sandbox.ehr.log.filter(({ kind, status }) => kind === 'token' && status >= 400)).toEqual(
      [],
    );
  });

  test('requirement 39: two tabs that renew at the same moment never send the same refresh token', async ({
    app,
    sandbox,
  }) => {
    await app.openList('ehr');
    const other = await app.duplicate();
    sandbox.ehr.control.tokenDelay = 500;
    // The tabs search different names, so that each gets its own 401.
    await Promise.all([searchAfterExpiry(app, 'Methusa'), searchAfterExpiry(other, 'Dormant')]);
    for (const [tab, name] of [
      [app, /methusa/i],
      [other, /dormant/i],
    ] as const) {
      await expect(tab.list.patient(name)).toBeVisible();
      await expect(tab.page.getByRole('alertdialog')).toHaveCount(0);
    }
    const sent = refreshes(app).map(({ params }) => params['refresh_token']);
    expect(new Set(sent).size, 'no token twice').toBe(sent.length);
  });

  test('requirement 39: a tab whose refresh token a closed tab has used signs in again in place', async ({
    app,
    sandbox,
  }) => {
    await app.openList('ehr');
    const other = await app.duplicate();
    await searchAfterExpiry(app, 'Methusa');
    await expect(app.list.patient(/methusa/i)).toBeVisible();
    await app.page.close();
    await searchAfterExpiry(other, 'Dormant');
    const dialog = other.page.getByRole('alertdialog');
    await expect(dialog).toContainText('Your session has ended');
    sandbox.ehr.log.length = 0;
    await dialog.getByRole('button', { name: 'Sign in again' }).click();
    await app.stage.answerEhr(other.page);
    await expect(other.list.patient(/dormant/i)).toBeVisible();
    await expect(other.page).toHaveURL(/\/patients$/);
  });

  test('requirements 37, 39, 70: messages between duplicated tabs hold no readable token and cannot be forged', async ({
    app,
    page,
  }) => {
    await page.addInitScript(() => {
      const heard: string[] = [];
      Reflect.set(globalThis, '__heard', heard);
      const Real = BroadcastChannel;
      globalThis.BroadcastChannel = class extends Real {
        override postMessage(message: unknown): void {
          heard.push(
            JSON.stringify(message, (_key, value: unknown) =>
              value instanceof ArrayBuffer ? new TextDecoder().decode(value) : value,
            ),
          );
          // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no window
          super.postMessage(message);
        }
      };
    });
    await app.openList('ehr');
    const other = await app.duplicate();
    await searchAfterExpiry(app, 'Methusa');
    await expect(app.list.patient(/methusa/i)).toBeVisible();
    // A forged message of the right shape changes nothing.
    await other.page.evaluate(() => {
      const id = (
        JSON.parse(sessionStorage.getItem('/pb.smart.session') ?? '{}') as {
          share: { id: string };
        }
      ).share.id;
      const channel = new BroadcastChannel('/pb.tokens');
      const tell = channel.postMessage.bind(channel);
      channel.addEventListener('message', ({ data: asked }: MessageEvent<{ question: string }>) => {
        const data = new TextEncoder().encode('{"accessToken":"FORGED","expiresAt":9e9}').buffer;
        const answer = { type: 'answer', id, question: asked.question };
        tell({ ...answer, iv: new Uint8Array(12), data });
        tell({ ...answer, iv: 'x', data: 'y' });
        tell(null);
      });
    });
    const used: (string | undefined)[] = [];
    other.page.on('request', (request) => used.push(request.headers()['authorization']));
    await searchAfterExpiry(other, 'Dormant');
    await expect(other.list.patient(/dormant/i)).toBeVisible();
    expect(refreshes(app), 'what the other tab has renewed is used').toHaveLength(1);
    const heard = (await app.page.evaluate(() => Reflect.get(globalThis, '__heard'))) as string[];
    expect(heard.some((text) => text.includes('"answer"'))).toBe(true);
    expect(heard.join('\n')).not.toMatch(/eyJ|accessToken|FORGED/);
    expect(used.join('\n')).toMatch(/Bearer eyJ/);
    expect(used.join('\n')).not.toContain('FORGED');
  });

  test('requirement 43: staying at the idle warning in one tab keeps both sessions, signing out ends both', async ({
    app,
    context,
  }) => {
    test.setTimeout(90_000);
    await context.clock.install();
    await app.openList('token');
    const other = app.in(await context.newPage());
    await other.openList('token');
    await context.clock.fastForward('14:20');
    const [here, there] = [app, other].map(({ page }) =>
      page.getByRole('alertdialog', { name: 'Are you still there?' }),
    );
    await expect(here!).toContainText(/You will be signed out in \d+ seconds/);
    await expect(there!).toBeVisible();
    // The clock of the second page was started later: it is a little behind, never ahead.
    await there!.getByRole('button', { name: 'Stay signed in' }).click();
    await expect(here!).toHaveCount(0);
    await expect(there!).toHaveCount(0);
    await context.clock.fastForward('14:20');
    await expect(here!).toBeVisible();
    await here!.getByRole('button', { name: 'Sign out' }).click();
    for (const tab of [app, other]) {
      await expect(tab.shell.signInTo(LABELS.token)).toBeVisible();
      await expect(tab.list.patients).toHaveCount(0);
    }
  });
});
