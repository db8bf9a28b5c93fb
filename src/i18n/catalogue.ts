/** A compiled ICU message: text, or the syntax tree that the build made of it. */
export type Message = string;

/**
 * Messages of one folder. English is part of the chunk that shows it, so that a lazy route contains
 * its own text; other languages are loaded as a whole (`language.ts`).
 */
export interface Catalogue<Id extends string> {
  readonly en: Readonly<Record<Id, Message>>;
}

/**
 * Declares the messages of a folder.
 *
 * @param en the English catalogue, imported from `messages/en.json` (ICU MessageFormat)
 */
export function defineCatalogue<Id extends string>(en: Record<Id, Message>): Catalogue<Id> {
  return { en };
}
