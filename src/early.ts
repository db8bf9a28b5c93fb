/**
 * First script of the page, and the only one that blocks rendering. Requests the configuration and,
 * if no sign-in precedes the list, the first patients, draws them, and then starts the program,
 * which would delay them if it started first. The script decides nothing: the program validates the
 * configuration again and requests whatever is missing. The build compiles this file into one plain
 * script inside `index.html` (`first-list.config.ts`). See `docs/decisions/0015-early-script.md`.
 */
import { firstPageUrl, isFirstPage } from '#features/patients/list/query/first-page.ts';
import { keepEarly } from '#lib/early-answers.ts';
import { locale, applySettings } from '#lib/settings.ts';
import { appUrl } from '#lib/url.ts';

/** Milliseconds to wait for the server before drawing the page with placeholder rows only. */
const SOON = 200;
/** Milliseconds after which the program is fetched even if the server has not responded. */
const PATIENCE = 700;
/** Milliseconds after which the early script no longer draws patients. */
const TOO_LATE = 10_000;
/** Milliseconds after which the page shows a loading message. */
const WORD = 500;
/** Milliseconds to wait for the configuration. The program uses the same limit. */
const CONFIG_LIMIT = 15_000;

// In a build `index.html` contains the styles.
if (import.meta.env.DEV) void import('#ui/base.css');

const isList = [appUrl(''), appUrl('patients')].includes(location.origin + location.pathname);

/** Script element of this file. The build lists the program's chunks in its data attributes. */
const { currentScript } = document;

const ahead = new Set<string>();

const filesOf = (part: 'rows' | 'program' | 'list'): readonly string[] =>
  currentScript?.dataset[part]?.split(' ') ?? [];

/** Preloads files that are imported later, so that the browser fetches them in parallel. */
function fetchAhead(part: 'rows' | 'program' | 'list'): void {
  for (const href of filesOf(part)) {
    if (ahead.has(href)) continue;
    ahead.add(href);
    const link = document.createElement('link');
    link.rel = 'modulepreload';
    link.href = href;
    document.head.append(link);
  }
}

interface Asked {
  readonly base: string;
  readonly answer: Promise<Response>;
  readonly words: { readonly appName: string; readonly label: string };
}

/** Sends the request that the program would send to a server without a token and custom headers. */
function ask(url: string): Promise<Response> {
  const answer = fetch(url, {
    headers: { accept: 'application/fhir+json' },
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    redirect: 'manual',
  });
  keepEarly(url, answer);
  return answer;
}

/** Requests the first patients, if the program would send exactly this request. */
async function askEarly(): Promise<Asked | undefined> {
  const isFirst = isList && !location.search && !history.state?.list && isFirstPage();
  // The server named at packaging is requested in parallel with the configuration, and before it,
  // because the first request of a page takes some milliseconds to start. Its response is ignored
  // if the configuration now names another server.
  const packaged = currentScript?.dataset['server'];
  const guess = isFirst && packaged ? ask(firstPageUrl(packaged)) : undefined;
  const url = appUrl('config.json');
  const signal = AbortSignal.timeout(CONFIG_LIMIT);
  const given = fetch(url, { credentials: 'same-origin', redirect: 'error', signal });
  keepEarly(url, given);
  if (!isFirst) return undefined;
  const config = await (await given).clone().json();
  const [server] = config.servers;
  const alone = config.servers.length === 1 && !config.smartLaunch?.issuers?.length;
  const plain = server.auth.type === 'open' && !server.requests;
  if (!alone || !plain || !/^https:|^http:\/\/localhost[:/]/.test(server.fhirBaseUrl)) {
    return undefined;
  }
  const base = server.fhirBaseUrl.replace(/\/+$/, '');
  return {
    base,
    answer: (packaged === base && guess) || ask(firstPageUrl(base)),
    words: { appName: String(config.appName ?? 'Patient Browser'), label: String(server.label) },
  };
}

const wait = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

const parsed = new Promise<void>((resolve) => {
  document.addEventListener('DOMContentLoaded', () => resolve());
});

/**
 * Parses the JSON of the first page. Rejects and releases the stream after one megabyte or
 * `TOO_LATE` milliseconds. The program reads the other copy of the response with its own limits.
 */
async function short(response: Response) {
  const reader = response.body!.getReader();
  void wait(TOO_LATE).then(() => reader.cancel());
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return JSON.parse(text);
    text += decoder.decode(value, { stream: true });
    if (text.length > 1e6) await reader.cancel();
  }
}

/** Draws the list page, and the first patients if they arrive in time. English only. */
async function drawEarly(asking: ReturnType<typeof askEarly>): Promise<void> {
  if (!isList || locale() !== 'en') return;
  fetchAhead('rows');
  const drawing = import('./early-list.ts');
  drawing.catch(() => undefined);
  const draw = async (): Promise<void> => {
    const asked = await asking;
    if (!asked) return;
    const [{ drawPage, drawPatients, prepare }] = await Promise.all([drawing, parsed]);
    prepare(asked.words);
    const read = asked.answer.then((answer) => (answer.ok ? short(answer.clone()) : undefined));
    // Show the page while waiting for a slow server. For a fast one, drawing the page first would
    // only delay its patients.
    const soon = await Promise.race([read.then(() => true), wait(SOON)]);
    if (!soon) drawPage();
    const bundle = await read;
    const drawn = drawPatients(bundle, asked.base);
    if (!drawn) return;
    // Wait until the rows are painted, because fetching the program competes for the processor.
    await new Promise<void>((resolve) => {
      requestAnimationFrame(() => setTimeout(resolve));
    });
    fetchAhead('program');
    // The program requests the next page when it starts, so request it early. In a hidden tab
    // nothing is painted, so the program has started by then and nothing is left to draw.
    const { next, drawRest } = drawn;
    if (drawRest() && next !== undefined) void ask(next);
  };
  // If the configuration never arrives, the program must still start, because it reports that.
  await Promise.race([asking, wait(PATIENCE)]);
  await Promise.race([draw(), wait(PATIENCE)]);
}

/** Returns the alert in `index.html` and its texts: loading, failed, reload. */
async function lateAlert() {
  await parsed;
  const alert = document.getElementById('late')!;
  const { dataset } = alert;
  const words = (dataset[locale()] ?? dataset['en'])!.split('|');
  return { alert, words };
}

/** Shows a loading message until the program has started. */
async function sayLoading(): Promise<void> {
  const { alert, words } = await lateAlert();
  const [loading = '', failed = '', reload = ''] = words;
  alert.dataset['on'] = '';
  alert.firstElementChild!.textContent = failed;
  alert.lastElementChild!.textContent = reload;
  await wait(WORD);
  const bar = document.querySelector('.boot-bar'); // undefined once the first page has replaced it
  if (bar && alert.dataset['on'] === '') bar.textContent = loading; // nothing has failed yet
}

const RELOADED = `${import.meta.env.BASE_URL}pb.reloaded`;

/**
 * Reloads the page once per build, because a page cached before an update names files that no
 * longer exist. Does not reload offline, where the page would not come back, or after the user has
 * typed.
 *
 * @returns whether the page reloads
 */
function reloadOnce(): boolean {
  const build = currentScript?.dataset['program'] ?? '';
  const typed = document.querySelector<HTMLInputElement>('#root input')?.value;
  try {
    const before = sessionStorage.getItem(RELOADED) ?? '';
    if (!navigator.onLine || typed || before.includes(build)) return false;
    sessionStorage.setItem(RELOADED, before + build);
  } catch {
    return false; // without storage the page could reload forever
  }
  location.reload();
  return true;
}

/** Shows that the program failed to load, and disables the early page, which would not respond. */
async function sayFailed(): Promise<void> {
  if (reloadOnce()) return;
  const { alert, words } = await lateAlert();
  const button = document.createElement('button');
  button.textContent = words[2] ?? '';
  button.addEventListener('click', () => location.reload());
  alert.lastElementChild!.replaceWith(button);
  alert.dataset['on'] = 'failed';
  alert.hidden = false; // main.tsx hides the alert before it can fail
  document.getElementById('root')!.inert = true;
  const bar = document.querySelector('.boot-bar');
  if (bar) bar.textContent = '';
}

async function start(): Promise<void> {
  const asking = askEarly(); // before anything that takes time
  asking.catch(() => undefined); // avoids an unhandled rejection if nothing awaits it
  applySettings();
  try {
    await drawEarly(asking);
  } catch {
    // The program finds and reports the same problem.
  }
  fetchAhead('program');
  if (isList) fetchAhead('list');
  else import('./app/pages.ts').catch(() => undefined); // loaded again when a page is opened
  await parsed;
  // Import one file at a time, dependencies first, because evaluating all at once blocks the page.
  for (const href of filesOf('program')) await import(/* @vite-ignore */ href);
  await import('./main.tsx');
}

void sayLoading();
start().catch(sayFailed);
