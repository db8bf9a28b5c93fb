import type { Browser, BrowserContext, Page } from 'playwright/test';
import { applyCondition, type Condition } from './conditions.ts';
import { addProbe, firstRow } from './probe.ts';
import type { Subject } from './subject.ts';

/** One run: milliseconds, unless the name says otherwise. */
export type Sample = Readonly<Record<string, number>>;

interface Traffic {
  fhir: number;
  preflights: number;
  app: number;
}

async function openPage(
  context: BrowserContext,
  s: Subject,
  c: Condition,
  fhirOrigin: string,
): Promise<{ page: Page; traffic: Traffic }> {
  const page = await context.newPage();
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
async function timed(
  page: Page,
  selector: string,
  action: () => Promise<unknown>,
): Promise<number> {
  const waiting = page.evaluate((s) => globalThis.probe.changed(s), selector);
  await action();
  return waiting;
}

async function heap(page: Page): Promise<number> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  await cdp.detach();
  return usedSize / 1024 / 1024;
}

/** Clicks in the page itself: Playwright's own waiting would be part of the time. */
const click = (page: Page, selector: string) =>
  page.evaluate((s) => document.querySelector<HTMLElement>(s)?.click(), selector);

/** First load (cold and warm), next page, search and opening a patient, in a fresh browser profile. */
export async function measure(
  browser: Browser,
  s: Subject,
  c: Condition,
  fhirOrigin: string,
): Promise<Sample> {
  const context = await browser.newContext();
  try {
    const cold = await openPage(context, s, c, fhirOrigin);
    const coldFirst = await firstRow(cold.page);
    const fhirRequests = cold.traffic.fhir;
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
    const word = 'johns'; // the answer for "john" has other patients: the last key changes the rows
    await cold.page.keyboard.type(word.slice(0, -1), { delay: 30 });
    // What counts is when the last answer stands.
    const settling = cold.page.evaluate(([row, quiet]) => globalThis.probe.settled(row, quiet), [
      s.row,
      c.cpu > 1 ? 4000 : 1500,
    ] as const);
    await cold.page.keyboard.type(word.slice(-1));
    const search = await settling;
    const searchRequests = cold.traffic.fhir - before;
    const open = await timed(cold.page, s.heading, () => click(cold.page, s.row));
    const slowest = await cold.page.evaluate(() => globalThis.probe.slowest);
    await cold.page.close();
    // The end of a page takes the machine a moment, which is not the next one's.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const warm = await openPage(context, s, c, fhirOrigin);
    const warmFirst = await firstRow(warm.page);
    return {
      'First patient on screen, cold': coldFirst,
      'First patient on screen, warm': warmFirst,
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

/** Heap in MB after 5 and after `pages` pages, after garbage collection. */
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
    let early = 0;
    for (let n = 1; n <= pages; n += 1) {
      await page.locator(`${s.next}:not([disabled]):not([aria-disabled="true"])`).waitFor();
      await timed(page, s.row, () => click(page, s.next));
      if (n === 5) early = await heap(page);
    }
    return {
      'Heap after 5 pages (MB)': early,
      [`Heap after ${pages} pages (MB)`]: await heap(page),
    };
  } finally {
    await context.close();
  }
}
