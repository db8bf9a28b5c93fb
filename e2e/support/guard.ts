import { type BrowserContext, expect, type Frame, type Page } from 'playwright/test';

/** Watches for what a page must never do, whatever the test is about. */
export interface Guard {
  /** Lets a console error pass that the test provokes on purpose, such as a refused request. */
  allowError(pattern: RegExp): void;
  /** Lets a request to an origin pass. */
  allowOrigin(origin: string): void;
  /** Adds words that no address, title, console line or storage that outlives the tab may hold. */
  secret(...words: string[]): void;
  /** Every request that any page of the context made. */
  readonly requests: readonly string[];
  /** Every console message so far. */
  readonly console: readonly string[];
  verify(): Promise<void>;
}

/** The browser itself logs this for a response with an error status: no fault of the page. */
const STATUS = /^Failed to load resource: the server responded with a status of \d+/;

/** A leaked token or code in an address: a parameter of OAuth, or a JSON Web Token. */
const LEAK =
  /[?#&](code|state|access_token|id_token|refresh_token|error_description|client_info|session_state|launch|iss)=|eyJ[\w-]{10,}\.eyJ/;

/** A JSON Web Token. */
const TOKEN = /eyJ[\w-]{10,}\./;

/** A whole JSON Web Token, unlike the `state` of MSAL, which ends after its first part. */
const WHOLE_TOKEN = /eyJ[\w-]{10,}\.eyJ/;

interface History {
  entries: { url: string; title: string }[];
}

async function navigationHistory(page: Page): Promise<History> {
  const session = await page.context().newCDPSession(page);
  try {
    return await session.send('Page.getNavigationHistory');
  } finally {
    await session.detach().catch(() => undefined);
  }
}

/** Returns the addresses and titles in the browser's history of a page. */
export async function rememberedBy(page: Page): Promise<string[]> {
  const { entries } = await navigationHistory(page);
  return entries.flatMap(({ url, title }) => [decodeURIComponent(url), title]);
}

/** Returns everything stored that outlives the tab, as JSON. */
async function kept(frame: Frame): Promise<string> {
  return frame.evaluate(async () => {
    const databases = 'databases' in indexedDB ? await indexedDB.databases() : [];
    return JSON.stringify({
      local: JSON.stringify(localStorage),
      cookie: document.cookie,
      databases: databases.map(({ name }) => name),
      caches: await caches.keys(),
      workers: (await navigator.serviceWorker.getRegistrations()).length,
    });
  });
}

/**
 * Watches a browser context from its start.
 *
 * @param appOrigin - origin of the app, whose pages `verify` inspects.
 * @param allowed - further origins that requests may go to.
 */
export async function watch(
  context: BrowserContext,
  appOrigin: string,
  allowed: readonly string[],
): Promise<Guard> {
  const origins = new Set([appOrigin, ...allowed]);
  const passes: RegExp[] = [STATUS];
  const words: string[] = [];
  const requests: string[] = [];
  const lines: string[] = [];
  const errors: string[] = [];
  const violations: string[] = [];
  const isOurs = (url: string): boolean => URL.canParse(url) && new URL(url).origin === appOrigin;
  /** Returns the frames of the app in a page, which may be an EHR's page that embeds the app. */
  const ours = (page: Page): Frame[] =>
    page.frames().filter((frame) => !frame.isDetached() && isOurs(frame.url()));

  await context.exposeBinding('reportViolation', ({ frame }, text: string) => {
    if (isOurs(frame.url())) violations.push(text);
  });
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { reportViolation } = globalThis as unknown as {
        reportViolation: (text: string) => void;
      };
      reportViolation(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`);
    });
  });
  context.on('request', (request) => requests.push(request.url()));
  context.on('console', (message) => {
    lines.push(message.text());
    const page = message.page();
    // A failed load is logged with the address of the resource, even if the app requested it.
    const mayBeOurs = isOurs(message.location().url) || (page !== null && ours(page).length > 0);
    if (message.type() === 'error' && mayBeOurs) errors.push(message.text());
  });
  context.on('weberror', (error) => errors.push(`uncaught: ${error.error().message}`));

  return {
    requests,
    console: lines,
    allowError: (pattern) => passes.push(pattern),
    allowOrigin: (origin) => origins.add(origin),
    secret: (...more) => words.push(...more),
    async verify() {
      expect(violations, 'violations of the Content-Security-Policy').toEqual([]);
      const wrong = errors.filter((text) => !passes.some((pass) => pass.test(text)));
      expect(wrong, 'errors in the console').toEqual([]);
      const foreign = requests.filter(
        (url) => /^https?:/.test(url) && !origins.has(new URL(url).origin),
      );
      expect(foreign, 'requests to other origins').toEqual([]);
      expect(
        requests.filter((url) => WHOLE_TOKEN.test(url)),
        'tokens in the addresses of requests, whatever their origin',
      ).toEqual([]);
      const told = lines.join('\n');
      expect(told, 'no token in the console').not.toMatch(TOKEN);
      expect(
        words.filter((word) => told.includes(word)),
        'health data in the console',
      ).toEqual([]);
      for (const page of context.pages())
        await lookAt(page).catch((error: unknown) => {
          // A sign-in popup closes itself when it is done.
          if (!page.isClosed()) throw error;
        });
    },
  };

  async function lookAt(page: Page): Promise<void> {
    const frames = ours(page);
    if (frames.length === 0) return;
    const remembered = (await rememberedBy(page)).filter(
      (text) => !/^https?:/.test(text) || text.startsWith(`${appOrigin}/`),
    );
    for (const frame of frames)
      await look(frame, remembered).catch((error: unknown) => {
        // The hidden iframe of a silent token renewal is removed when it is done.
        if (!frame.isDetached()) throw error;
      });
  }

  async function look(frame: Frame, remembered: readonly string[]): Promise<void> {
    // The browser's history covers the whole page, not only this frame.
    const addresses = [...remembered, decodeURIComponent(frame.url()), await frame.title()];
    expect(
      addresses.filter((text) => LEAK.test(text)),
      'codes and tokens in addresses',
    ).toEqual([]);
    const store = await kept(frame);
    expect(store, 'nothing of a token outlives the tab').not.toMatch(TOKEN);
    const text = [...addresses, store].join('\n');
    expect(
      words.filter((word) => text.includes(word)),
      'health data in addresses, titles or lasting storage',
    ).toEqual([]);
    expect(
      await frame.evaluate(() => Reflect.get(globalThis, '__xss') as unknown),
      'script from data',
    ).toBeUndefined();
  }
}
