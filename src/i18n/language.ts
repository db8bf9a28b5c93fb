import { locale, type Locale, type Settings } from '#lib/settings.ts';
import type { Catalogue, Message } from './catalogue.ts';
import { formatMessage, kept, type Values } from './format.ts';

/** Messages of each folder, in the order of the English ones (`messages.config.ts`). */
type Scopes = Readonly<Record<string, readonly Message[]>>;
type Load = () => Promise<{ default: Scopes }>;

/** Packs of each language: the messages of the first patient list, and all others. */
const PACKS: Readonly<Record<Exclude<Locale, 'en'>, readonly [first: Load, rest: Load]>> = {
  de: [() => import('virtual:messages/first/de'), () => import('virtual:messages/rest/de')],
  el: [() => import('virtual:messages/first/el'), () => import('virtual:messages/rest/el')],
  he: [() => import('virtual:messages/first/he'), () => import('virtual:messages/rest/he')],
  'en-XA': [
    () => import('virtual:messages/first/en-XA'),
    () => import('virtual:messages/rest/en-XA'),
  ],
};

/** Packs that are loaded. */
const there = new Map<Load, Scopes>();
const asked = new Map<Load, Promise<Scopes>>();

async function receive(load: Load): Promise<Scopes> {
  // English replaces a language that cannot be loaded.
  const pack = await load().catch(() => ({ default: {} }));
  there.set(load, pack.default);
  return pack.default;
}

/**
 * Loads the messages of a language: those of the first patient list, or the rest. Returns the same
 * promise each time, which never rejects; React's `use` reads its status without suspending.
 *
 * @returns undefined for English, which is always loaded
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

/** Returns the folder of a catalogue, which the build adds to it. */
export const scopeOf = (catalogue: Catalogue<string>): string => catalogue.en['@'] ?? '';

/** Resolves once the messages of a catalogue are loaded. For use outside React. */
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
 * Returns a message in the current language, or in English if it is not loaded. In components use
 * `useMessages`.
 *
 * @param chosen settings that name the language; default: the current settings
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

// Load in parallel with the configuration and the sign-in.
void fetchTexts(locale(), false);
