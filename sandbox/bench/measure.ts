import type { Browser, BrowserContext, Page } from 'playwright/test';
import { applyCondition, type Condition } from './conditions.ts';
import { addProbe, firstRow, paintedRow } from './probe.ts';
import type { Subject } from './subject.ts';

/** The values of one run by name: milliseconds, unless the name says otherwise. */
export type Sample = Readonly<Record<string, number>>;

interface Traffic {
  fhir: number;
  preflights: number;
  app: number;
}

/**
 * Address of the page from which the measured page is opened; undefined for `about:blank`. Users
 * come from another site (a portal, an EHR, a search), so the browser starts a new process for the
 * page. From `about:blank` it reuses the process, unless the page sets Cross-Origin-Opener-Policy.
 */
type From = string | undefined;

export async function openPage(
  context: BrowserContext,
  s: Subject,
  c: Condition,
  fhirOrigin: string,
  from?: From,
): Promise<{ page: Page; traffic: Traffic }> {
  const page = await context.newPage();
  if (from) {
    await page.goto(from);
    await page.waitForTimeout(300); // until the tab is idle
  }
  const traffic = { fhir: 0, preflights: 0, app: 0 };
  page.on('request', (r) => {
    if (new URL(r.url()).origin !== fhirOrigin) traffic.app += 1;
    else if (r.method() === 'OPTIONS') traffic.preflights += 1;
    else traffic.fhir += 1;
  });
  await addProbe(page, s.row);
  await applyCondition(page, c);
  await page.goto(s.url, { waitUntil: 'commit' });
  return { page, traffic };
}

/** Starts waiting for a change before the action that causes it, so that nothing is missed. */
export async function timed(
  page: Page,
  selector: string,
  action: () => Promise<unknown>,
): Promise<number> {
  const waiting = page.evaluate((s) => globalThis.probe.changed(s), selector);
  await action();
  return waiting;
}

const MB = 1024 * 1024;

/** Memory of a page in MB. */
interface Memory {
  /** JavaScript, DOM and buffers. */
  readonly all: number;
  readonly js: number;
  /** Bytecode and machine code that V8 compiled from the scripts; part of `js`. */
  readonly code: number;
}

interface Snapshot {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[];
      readonly node_types: readonly [readonly string[], ...unknown[]];
    };
  };
  readonly nodes: readonly number[];
}

/** Returns the memory of a page that is idle, after garbage collection. */
async function memory(page: Page): Promise<Memory> {
  await page.waitForTimeout(3000); // code for later is being loaded, and the next page drawn
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('HeapProfiler.collectGarbage');
  const usage = await cdp.send('Runtime.getHeapUsage');
  const { usedSize, embedderHeapUsedSize, backingStorageSize } = usage;
  const chunks: string[] = [];
  cdp.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await cdp.detach();
  const { snapshot, nodes } = JSON.parse(chunks.join('')) as Snapshot;
  const fields = snapshot.meta.node_fields;
  const type = fields.indexOf('type');
  const size = fields.indexOf('self_size');
  const code = snapshot.meta.node_types[0].indexOf('code');
  let bytes = 0;
  for (let at = 0; at < nodes.length; at += fields.length) {
    if (nodes[at + type] === code) bytes += nodes[at + size] ?? 0;
  }
  const all = usedSize + embedderHeapUsedSize + backingStorageSize;
  return { all: all / MB, js: usedSize / MB, code: bytes / MB };
}

/** Clicks by script inside the page: with Playwright's click, its waiting would be measured too. */
const click = (page: Page, selector: string) =>
  page.evaluate((s) => document.querySelector<HTMLElement>(s)?.click(), selector);

/** Closes a page and waits a second, so that the clean-up does not slow the next measurement. */
async function end(page: Page): Promise<void> {
  await page.close();
  await new Promise((resolve) => setTimeout(resolve, 1000));
}

/** Measures the first load (cold and warm) in a fresh browser profile, from `about:blank`. */
async function fromBlank(
  browser: Browser,
  s: Subject,
  c: Condition,
  fhirOrigin: string,
): Promise<readonly [cold: number, warm: number]> {
  const context = await browser.newContext();
  try {
    const cold = await openPage(context, s, c, fhirOrigin);
    const coldFirst = await firstRow(cold.page);
    await cold.page.waitForTimeout(c.cpu > 1 ? 2500 : 700);
    await end(cold.page);
    const warm = await openPage(context, s, c, fhirOrigin);
    return [coldFirst, await firstRow(warm.page)];
  } finally {
    await context.close();
  }
}

/** Measures first load (cold, warm), next page, search and opening a patient, in a new profile. */
export async function measure(
  browser: Browser,
  s: Subject,
  c: Condition,
  { fhirOrigin, from }: { fhirOrigin: string; from: string },
): Promise<Sample> {
  const [blankCold, blankWarm] = await fromBlank(browser, s, c, fhirOrigin);
  const context = await browser.newContext();
  try {
    const cold = await openPage(context, s, c, fhirOrigin, from);
    const coldFirst = await firstRow(cold.page);
    const fhirRequests = cold.traffic.fhir;
    const coldPainted = await paintedRow(cold.page);
    await cold.page.waitForTimeout(c.cpu > 1 ? 2500 : 700); // the next page is being prefetched
    const { blocking, shift } = await cold.page.evaluate(() => ({
      blocking: globalThis.probe.blocking,
      shift: globalThis.probe.shift,
    }));
    const next = await timed(cold.page, s.row, () => click(cold.page, s.next));
    await cold.page.waitForTimeout(500);
    const before = cold.traffic.fhir;
    const searching = cold.page.locator(s.search).first();
    await searching.focus();
    const word = 'johns'; // "john" finds other patients, so the last key changes the rows
    await cold.page.keyboard.type(word.slice(0, -1), { delay: 30 });
    // The search ends when the rows of the last response are drawn.
    const settling = cold.page.evaluate(([row, quiet]) => globalThis.probe.settled(row, quiet), [
      s.row,
      c.cpu > 1 ? 4000 : 1500,
    ] as const);
    await cold.page.keyboard.type(word.slice(-1));
    const search = await settling;
    const searchRequests = cold.traffic.fhir - before;
    const open = await timed(cold.page, s.heading, () => click(cold.page, s.row));
    const slowest = await cold.page.evaluate(() => globalThis.probe.slowest);
    await end(cold.page);
    const warm = await openPage(context, s, c, fhirOrigin, from);
    const warmFirst = await firstRow(warm.page);
    const warmPainted = await paintedRow(warm.page);
    return {
      'First patient on screen, cold': coldFirst,
      'First patient on screen, warm': warmFirst,
      'Its frame painted, cold': coldPainted,
      'Its frame painted, warm': warmPainted,
      'The same from about:blank, cold': blankCold,
      'The same from about:blank, warm': blankWarm,
      'FHIR requests before the first list': fhirRequests,
      'Total blocking time on load': blocking,
      'Layout shift (score)': shift,
      'Next page': next,
      'Search: last key to rows': search,
      'Search: FHIR requests for a word': searchRequests,
      'Open a patient': open,
      'Slowest interaction': slowest,
    };
  } finally {
    await context.close();
  }
}

/**
 * Measures the memory after 5 pages and after `pages` pages. The page is turned by script inside
 * the page: Playwright's locators would load a megabyte of their own into it.
 */
export async function measureMemory(
  browser: Browser,
  s: Subject,
  pages: number,
  fhirOrigin: string,
): Promise<Sample> {
  const context = await browser.newContext();
  try {
    const condition: Condition = { name: 'unthrottled', cpu: 1, network: undefined };
    const { page } = await openPage(context, s, condition, fhirOrigin);
    await firstRow(page);
    const turn = (times: number) =>
      page.evaluate(([next, row, n]) => globalThis.probe.turn(next, row, n), [
        s.next,
        s.row,
        times,
      ] as const);
    await turn(5);
    const early = await memory(page);
    await turn(pages - 5);
    const late = await memory(page);
    return {
      'Memory after 5 pages (MB): JavaScript, DOM and buffers': early.all,
      [`Memory after ${pages} pages (MB)`]: late.all,
      'JavaScript of it after 5 pages (MB)': early.js,
      [`JavaScript of it after ${pages} pages (MB)`]: late.js,
      'Compiled code of that after 5 pages (MB)': early.code,
      [`Compiled code of that after ${pages} pages (MB)`]: late.code,
    };
  } finally {
    await context.close();
  }
}
