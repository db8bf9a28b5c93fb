/**
 * The first script of the page, and the only one that the page waits for. Asks for the configuration
 * and, where no sign-in stands before the list, for the first patients; has them drawn; and then
 * starts the program, whose own start would only have held them up. It decides nothing: the program
 * checks the configuration again and asks itself whatever is missing here. The build makes one plain
 * script of it, which `index.html` holds (`first-list.config.ts`). See `docs/decisions/0015-early-script.md`.
 */
import { firstPageUrl, isFirstPage } from '#features/patients/list/query/first-page.ts';
import { keepEarly } from '#lib/early-answers.ts';
import { locale, applySettings } from '#lib/settings.ts';
import { appUrl } from '#lib/url.ts';

/** Milliseconds in which a server mostly answers: so long, no page is drawn for its shadows alone. */
const SOON = 200;
/** Milliseconds after which the program is fetched though the server has not answered. */
const PATIENCE = 700;
/** Milliseconds after which nothing is drawn early any more. */
const TOO_LATE = 10_000;
/** Milliseconds after which the page says that it is loading. */
const WORD = 500;
/** Milliseconds for the configuration: as the program waits for it. */
const CONFIG_LIMIT = 15_000;

// A build has the styles in the page.
if (import.meta.env.DEV) void import('#ui/base.css');

const isList = [appUrl(''), appUrl('patients')].includes(location.origin + location.pathname);

/** What the program is made of: the build writes it on this script's own element. */
const { currentScript } = document;

const ahead = new Set<string>();

const filesOf = (part: 'rows' | 'program' | 'list'): readonly string[] =>
  currentScript?.dataset[part]?.split(' ') ?? [];

/** Has files fetched that are imported later: side by side, instead of one after the other. */
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

/** Asks a server, as the program would where there is neither a token nor a header of the site's own. */
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

/** The first patients, where the program would ask for just these. */
async function askEarly(): Promise<Asked | undefined> {
  const url = appUrl('config.json');
  const signal = AbortSignal.timeout(CONFIG_LIMIT);
  const given = fetch(url, { credentials: 'same-origin', redirect: 'error', signal });
  keepEarly(url, given);
  if (!isList || location.search || history.state?.list || !isFirstPage()) return undefined;
  // The server that the page was packaged for is asked in parallel with the configuration; its
  // answer is ignored where the configuration now names another.
  const packaged = currentScript?.dataset['server'];
  const guess = packaged ? ask(firstPageUrl(packaged)) : undefined;
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
 * The JSON of a first page. Fails beyond a megabyte and when it is too late, and lets go of it: the
 * program reads the other copy, with limits of its own.
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

/** Draws the page of the list, and the first patients if they come in time, in plain English. */
async function drawEarly(): Promise<void> {
  const asking = askEarly();
  asking.catch(() => undefined); // also where it is not awaited
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
    // The page stands there while the server is asked, unless it answers soon: then to draw the page
    // first would only hold its patients up.
    const soon = await Promise.race([read.then(() => true), wait(SOON)]);
    if (!soon) drawPage();
    const bundle = await read;
    const drawn = drawPatients(bundle, asked.base);
    if (!drawn) return;
    // Not before the rows are painted: what is fetched meanwhile takes the processor, too.
    await new Promise<void>((resolve) => {
      requestAnimationFrame(() => setTimeout(resolve));
    });
    fetchAhead('program');
    // The program would ask for the next page as soon as it is there: it is there before. In a tab
    // that is hidden nothing is painted, and the program there first.
    const { next, drawRest } = drawn;
    if (drawRest() && next !== undefined) void ask(next);
  };
  // A configuration that never comes must not keep the program away, which says so.
  await Promise.race([asking, wait(PATIENCE)]);
  await Promise.race([draw(), wait(PATIENCE)]);
}

/** The alert in `index.html`, and its words: loading, failed, reload. */
async function lateAlert() {
  await parsed;
  const alert = document.getElementById('late')!;
  const { dataset } = alert;
  const words = (dataset[locale()] ?? dataset['en'])!.split('|');
  return { alert, words };
}

/** Says what is going on while there is no program to say it. */
async function sayLoading(): Promise<void> {
  const { alert, words } = await lateAlert();
  const [loading = '', failed = '', reload = ''] = words;
  alert.dataset['on'] = '';
  alert.firstElementChild!.textContent = failed;
  alert.lastElementChild!.textContent = reload;
  await wait(WORD);
  const bar = document.querySelector('.boot-bar'); // until the first page takes its place
  if (bar && alert.dataset['on'] === '') bar.textContent = loading; // and nothing has failed
}

const RELOADED = `${import.meta.env.BASE_URL}pb.reloaded`;

/**
 * Loads everything anew, because a page kept from before an update names files that are gone: once
 * for each build, not offline, where nothing would come back, and not where something was typed.
 *
 * @returns whether it does
 */
function reloadOnce(): boolean {
  const build = currentScript?.dataset['program'] ?? '';
  const typed = document.querySelector<HTMLInputElement>('#root input')?.value;
  try {
    const before = sessionStorage.getItem(RELOADED) ?? '';
    if (!navigator.onLine || typed || before.includes(build)) return false;
    sessionStorage.setItem(RELOADED, before + build);
  } catch {
    return false; // what cannot be remembered could go on for ever
  }
  location.reload();
  return true;
}

/** The program has not come: what stands there already would do nothing, and must not seem to. */
async function sayFailed(): Promise<void> {
  if (reloadOnce()) return;
  const { alert, words } = await lateAlert();
  const button = document.createElement('button');
  button.textContent = words[2] ?? '';
  button.addEventListener('click', () => location.reload());
  alert.lastElementChild!.replaceWith(button);
  alert.dataset['on'] = 'failed';
  alert.hidden = false; // where the program began, and broke off
  document.getElementById('root')!.inert = true;
  const bar = document.querySelector('.boot-bar');
  if (bar) bar.textContent = '';
}

async function start(): Promise<void> {
  applySettings();
  try {
    await drawEarly();
  } catch {
    // The program itself finds and reports whatever is wrong here.
  }
  fetchAhead('program');
  if (isList) fetchAhead('list');
  else import('./app/pages.ts').catch(() => undefined); // retried when a page is opened
  await parsed;
  // One after the other, each after those that it needs: what is run at one go blocks the page.
  for (const href of filesOf('program')) await import(/* @vite-ignore */ href);
  await import('./main.tsx');
}

void sayLoading();
start().catch(sayFailed);
