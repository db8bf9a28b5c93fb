import { locale, type Locale, type Settings } from '#lib/settings.ts';
import type { Catalogue, Message } from './catalogue.ts';
import { formatMessage, kept, type Values } from './format.ts';

/** The texts of each folder with messages, in the order of the English ones (`messages.config.ts`). */
type Scopes = Readonly<Record<string, readonly Message[]>>;
type Load = () => Promise<{ default: Scopes }>;

/** Of each language what the first patient list shows, and everything else. */
const PACKS: Readonly<Record<Exclude<Locale, 'en'>, readonly [first: Load, rest: Load]>> = {
  de: [() => import('virtual:messages/first/de'), () => import('virtual:messages/rest/de')],
  el: [() => import('virtual:messages/first/el'), () => import('virtual:messages/rest/el')],
  he: [() => import('virtual:messages/first/he'), () => import('virtual:messages/rest/he')],
  'en-XA': [
    () => import('virtual:messages/first/en-XA'),
    () => import('virtual:messages/rest/en-XA'),
  ],
};

/** Packs that are there. */
const there = new Map<Load, Scopes>();
const asked = new Map<Load, Promise<Scopes>>();

async function receive(load: Load): Promise<Scopes> {
  // English stands in for a language that does not arrive.
  const pack = await load().catch(() => ({ default: {} }));
  there.set(load, pack.default);
  return pack.default;
}

/**
 * Fetches the texts of a language: those of the first patient list, or the rest. The promise is
 * always the same and never rejects; React's `use` sees at once that it is fulfilled.
 *
 * @returns undefined for English, which is there already
 */
export function fetchTexts(language: Locale, rest: boolean): Promise<Scopes> | undefined {
  if (language === 'en') return undefined;
  const load = PACKS[language][rest ? 1 : 0];
  let pack = asked.get(load);
  if (!pack) {
    const given = receive(load);
    void given.then((value) => Object.assign(given, { status: 'fulfilled', value }));
    asked.set(load, given);
    pack = given;
  }
  return pack;
}

/** The folder of a catalogue, which the build wrote into it. */
export const scopeOf = (catalogue: Catalogue<string>): string => catalogue.en['@'] ?? '';

/** Resolves once the texts of a catalogue are there, outside of React. */
export async function awaited(catalogue: Catalogue<string>): Promise<void> {
  const first = await fetchTexts(locale(), false);
  if (first && !(scopeOf(catalogue) in first)) await fetchTexts(locale(), true);
}

function translation(catalogue: Catalogue<string>, language: Locale, id: string) {
  if (language === 'en') return undefined;
  const scope = scopeOf(catalogue);
  const [first, rest] = PACKS[language];
  const texts = there.get(first)?.[scope] ?? there.get(rest)?.[scope];
  return texts?.[kept(`ids ${scope}`, () => Object.keys(catalogue.en)).indexOf(id)];
}

/**
 * A message in the language in force, else in English. In components use `useMessages`.
 *
 * @param chosen whose language; the choices in force
 */
export function say<Id extends string>(
  catalogue: Catalogue<Id>,
  id: Id,
  values?: Values,
  chosen?: Settings,
): string {
  const language = locale(chosen);
  const translated = translation(catalogue, language, id);
  return translated === undefined
    ? formatMessage(catalogue.en[id], 'en', values)
    : formatMessage(translated, language, values);
}

// In parallel with the configuration and the sign-in, not after them.
void fetchTexts(locale(), false);
