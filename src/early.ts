/**
 * The first script of the page. Asks for the configuration and, where no sign-in stands before the
 * list, for the first patients; draws them; and then starts the program, whose own start would only
 * have held them up. It decides nothing: the program checks the configuration again and asks itself
 * whatever is missing here. See `docs/decisions/0015-early-script.md`.
 */
import { firstPageUrl, isFirstPage } from '#features/patients/list/first-page.ts';
import { keepEarly } from '#lib/early-answers.ts';
import { locale, applySettings } from '#lib/settings.ts';
import { appUrl } from '#lib/url.ts';

/** Milliseconds after which the program starts though the server has not answered. */
const PATIENCE = 700;

const isList = [appUrl(''), appUrl('patients')].includes(location.origin + location.pathname);

interface Asked {
  readonly answer: Promise<Response>;
  readonly words: { readonly appName: string; readonly label: string };
}

/** The first patients, where the program would ask for just these with no headers of its own. */
async function askEarly(): Promise<Asked | undefined> {
  const url = appUrl('config.json');
  const given = fetch(url, { credentials: 'same-origin', redirect: 'error' });
  keepEarly(url, given);
  if (!isList || location.search || history.state?.list || !isFirstPage()) return undefined;
  const config = await (await given).clone().json();
  const [server] = config.servers;
  const alone = config.servers.length === 1 && !config.smartLaunch?.issuers?.length;
  const plain = server.auth.type === 'open' && !server.requests;
  if (!alone || !plain || !/^https:|^http:\/\/localhost[:/]/.test(server.fhirBaseUrl)) {
    return undefined;
  }
  const first = firstPageUrl(server.fhirBaseUrl.replace(/\/+$/, ''));
  const answer = fetch(first, {
    headers: { accept: 'application/fhir+json' },
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    redirect: 'error',
  });
  keepEarly(first, answer);
  return {
    answer,
    words: { appName: String(config.appName ?? 'Patient Browser'), label: String(server.label) },
  };
}

/** This script runs as soon as it is there, also while the page is still on its way. */
const parsed = new Promise<void>((resolve) => {
  if (document.readyState !== 'loading') resolve();
  else document.addEventListener('DOMContentLoaded', () => resolve());
});

/**
 * The JSON of a first page. Fails beyond a megabyte and beyond all patience, and lets go of it: the
 * program reads the other copy, with limits of its own.
 */
async function short(response: Response, patience: Promise<void>) {
  const reader = response.body!.getReader();
  void patience.then(() => reader.cancel());
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return JSON.parse(text);
    text += decoder.decode(value, { stream: true });
    if (text.length > 1e6) await reader.cancel();
  }
}

/** Draws the first patients if they come in time and in plain English. */
async function drawEarly(): Promise<void> {
  const drawing = isList && locale() === 'en' ? import('./early-list.ts') : undefined;
  drawing?.catch(() => undefined);
  const asked = await askEarly();
  if (!asked || !drawing) return;
  const patience = new Promise<void>((resolve) => {
    setTimeout(resolve, PATIENCE);
  });
  const draw = async (): Promise<void> => {
    const answer = await asked.answer;
    if (!answer.ok) return;
    const [bundle, { drawList }] = await Promise.all([short(answer.clone(), patience), drawing]);
    await parsed;
    if (!drawList(bundle, asked.words)) return;
    await new Promise<void>((resolve) => {
      requestAnimationFrame(() => setTimeout(resolve));
    });
  };
  await Promise.race([draw(), patience]);
}

applySettings();
try {
  await drawEarly();
} catch {
  // Whatever is wrong here is found, and said, by the program itself.
}
await parsed;
void import('./main.tsx');
