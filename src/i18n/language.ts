import { locale, type Locale, type Settings } from '#lib/settings.ts';
import type { Catalogue, Message } from './catalogue.ts';
import { formatMessage, kept, type Values } from './format.ts';

/** Of each room its texts, in the order of the English ones (`messages.config.ts`). */
type Rooms = Readonly<Record<string, readonly Message[]>>;
type Load = () => Promise<{ default: Rooms }>;

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
const there = new Map<Load, Rooms>();
const asked = new Map<Load, Promise<Rooms>>();

async function receive(load: Load): Promise<Rooms> {
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
export function fetchTexts(language: Locale, rest: boolean): Promise<Rooms> | undefined {
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

/** The name that the build gave a catalogue. */
export const roomOf = (catalogue: Catalogue<string>): string => catalogue.en['@'] ?? '';

/** Resolves once the texts of a catalogue are there, outside of React. */
export async function awaited(catalogue: Catalogue<string>): Promise<void> {
  const first = await fetchTexts(locale(), false);
  if (first && !(roomOf(catalogue) in first)) await fetchTexts(locale(), true);
}

function translation(catalogue: Catalogue<string>, language: Locale, id: string) {
  if (language === 'en') return undefined;
  const room = roomOf(catalogue);
  const [first, rest] = PACKS[language];
  const texts = there.get(first)?.[room] ?? there.get(rest)?.[room];
  return texts?.[kept(`ids ${room}`, () => Object.keys(catalogue.en)).indexOf(id)];
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

// Beside the configuration and the sign-in, not after them.
void fetchTexts(locale(), false);
