import type { BrowserContext, Page } from 'playwright/test';
import { expect } from '../fixtures.ts';
import { finished, item, openCheck, word } from '../pages/access-page.ts';
import type { App, ServerId } from './app.ts';
import type { Guard } from './guard.ts';
import type { Stage } from './stage.ts';

type Verdict = 'Problem' | 'Look at this' | 'For information' | 'In order';

interface Finds {
  readonly check: string;
  readonly verdict: Verdict;
  readonly came?: RegExp;
  readonly means?: RegExp;
  readonly mend?: RegExp;
  /** Text expected anywhere in the finding, its details included. */
  readonly shows?: RegExp;
}

/** One way to break the sandbox, and what the access check must report about it. */
export interface Break {
  readonly name: string;
  /** Server to check. By default the first configured one, or `open` where the break signs in. */
  readonly server?: ServerId;
  /** Whether to sign in to the server first; a string is the `who` of `App.signIn`. */
  readonly signIn?: true | string | ((stage: Stage) => Promise<string>);
  /** Breaks something before the page is opened. */
  readonly arrange?: (stage: Stage, page: Page) => unknown;
  /** Breaks something after sign-in. */
  readonly later?: (stage: Stage, page: Page) => unknown;
  /** Console errors that the break provokes. */
  readonly errors?: RegExp;
  /** Foreign origins that receive requests on purpose. */
  readonly origins?: readonly string[];
  readonly finds: Finds;
  /** Findings expected of further checks. */
  readonly also?: readonly Finds[];
  /** Checks that must still say "In order". */
  readonly fine?: readonly string[];
}

type Config = ReturnType<Stage['sandbox']['appConfig']>;
type Server = Config['servers'][number];

/** Console errors where the network or CORS keeps a response from the page. */
export const NO_ANSWER = /net::ERR|CORS|Access-Control|Failed to load resource/;

/** Reduces the configuration to one server, with `change` applied to it. */
export function configure(
  stage: Stage,
  id: ServerId,
  change: (server: Server) => object = (s) => s,
) {
  const config = stage.sandbox.appConfig();
  const server = config.servers.find((s) => s.id === id);
  if (!server) throw new Error(`no server ${id}`);
  stage.host.setConfig({ ...config, servers: [{ ...server, ...change(server) }] });
}

export const outcome = (code: string) => ({
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code }],
});

/** Expects the finding to say what the break should lead to. */
async function found(page: Page, { name, finds, fine = [] }: Break): Promise<void> {
  const { check, verdict, came, means, mend, shows } = finds;
  const finding = item(page, check);
  await expect(finding, name).toContainText(verdict);
  if (came) await expect(word(finding, 'Came back'), name).toHaveText(came);
  if (means) await expect(word(finding, 'Means'), name).toHaveText(means);
  if (mend) await expect(word(finding, 'What to do'), name).toHaveText(mend);
  if (verdict === 'Problem') await expect(word(finding, 'What to do'), name).toHaveText(/\w/);
  if (shows) expect(await finding.innerText(), name).toMatch(shows);
  for (const other of fine) await expect(item(page, other), name).toContainText('In order');
}

/**
 * Groups breaks into tests, because opening a page takes longer than most checks. The title of a
 * test is what its breaks have in common, then their names.
 */
export function together(
  breaks: readonly Break[],
  common: (b: Break) => string,
): { title: string; group: readonly Break[] }[] {
  return [...new Set(breaks.map(common))].map((key) => {
    const group = breaks.filter((b) => common(b) === key);
    return { title: `${key}: ${group.map(({ name }) => name).join('; ')}`, group };
  });
}

function allow(guard: Guard, { errors, origins = [] }: Break): void {
  if (errors) guard.allowError(errors);
  for (const origin of origins) guard.allowOrigin(origin);
}

async function foundAll(page: Page, b: Break): Promise<void> {
  for (const finds of [b.finds, ...(b.also ?? [])]) await found(page, { ...b, finds });
}

/** Checks a break signed out, in a new page: breaks share only the browser's cache. */
export async function signedOut(
  b: Break,
  { context, guard, stage }: { context: BrowserContext; guard: Guard; stage: Stage },
): Promise<void> {
  const page = await context.newPage();
  stage.reset();
  allow(guard, b);
  if (b.server) configure(stage, b.server);
  await b.arrange?.(stage, page);
  await page.goto('/access');
  await finished(page);
  await foundAll(page, b);
  await page.close();
}

/** Checks a break after signing in. Call it inside the `afresh` fixture. */
export async function signedIn(b: Break, app: App, guard: Guard): Promise<void> {
  const { page, stage } = app;
  allow(guard, b);
  await b.arrange?.(stage, page);
  await page.goto('/patients');
  const { signIn } = b;
  const who = typeof signIn === 'function' ? await signIn(stage) : signIn;
  await app.trySignIn(b.server ?? 'open', who === true ? undefined : who);
  await expect(app.shell.signOut.or(page.getByRole('alertdialog')).first()).toBeVisible();
  await b.later?.(stage, page);
  await openCheck(app);
  await foundAll(page, b);
}
