import { locale, type Locale, type Settings } from '#lib/settings.ts';
import type { Catalogue, Message } from './catalogue.ts';
import { formatMessage, type Values } from './format.ts';

type Rooms = Readonly<Record<string, Readonly<Record<string, Message>>>>;
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

const rooms: Partial<Record<Locale, Record<string, Rooms[string]>>> = {};
/** Packs on their way; `null` once the answer is there. */
const loading = new Map<Load, Promise<void> | null>();

async function fetchPack(language: Locale, load: Load): Promise<void> {
  try {
    const pack = await load();
    rooms[language] = { ...rooms[language], ...pack.default };
  } catch {
    // English stands in.
  }
  loading.set(load, null);
}

/**
 * Fetches the texts of a language: those of the first patient list, or the rest.
 *
 * @returns undefined where there is nothing to wait for. The promise never rejects: English stands
 *   in for a language that does not arrive.
 */
export function fetchTexts(language: Locale, rest: boolean): Promise<void> | undefined {
  if (language === 'en') return undefined;
  const load = PACKS[language][rest ? 1 : 0];
  let pack = loading.get(load);
  if (pack === undefined) {
    pack = fetchPack(language, load);
    loading.set(load, pack);
  }
  return pack ?? undefined;
}

/** The build writes the room's name under this key. */
const ROOM = '@';

function translation(catalogue: Catalogue<string>, language: Locale) {
  return rooms[language]?.[catalogue.en[ROOM] ?? ''];
}

/** What to wait for before the texts of a catalogue can be shown, if anything. */
export function awaited(
  catalogue: Catalogue<string>,
  language: Locale = locale(),
): Promise<void> | undefined {
  if (translation(catalogue, language)) return undefined;
  return fetchTexts(language, false) ?? fetchTexts(language, true);
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
  const translated = translation(catalogue, language)?.[id];
  return translated === undefined
    ? formatMessage(catalogue.en[id], 'en', values)
    : formatMessage(translated, language, values);
}

// Beside the configuration and the sign-in, not after them.
void fetchTexts(locale(), false);
