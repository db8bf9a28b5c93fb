/** The languages that have a catalogue. `en-XA` is the pseudo-language that shows untranslated text. */
export const LOCALES = ['en', 'en-XA'] as const;
export type Locale = (typeof LOCALES)[number];

/** A compiled ICU message: the syntax tree that the build made of it. */
export type Message = string;

/**
 * The messages of one room of the house. English travels with the code that shows it, so that a
 * lazy route brings its own text; other languages are fetched when chosen.
 */
export interface Catalogue<Id extends string> {
  readonly en: Readonly<Record<Id, Message>>;
  readonly load: Partial<Record<Locale, () => Promise<{ default: Record<string, Message> }>>>;
}

/**
 * Declares the messages of a folder.
 *
 * @param en the English catalogue, imported from `messages/en.json` (ICU MessageFormat)
 * @param load how to fetch each other language
 */
export function defineCatalogue<Id extends string>(
  en: Record<Id, Message>,
  load: Catalogue<Id>['load'] = {},
): Catalogue<Id> {
  return { en, load };
}
