import { defineCatalogue } from './catalogue.ts';
import { say } from './language.ts';
import type { Values } from './format.ts';
import en from './messages/en.json';

const words = defineCatalogue(en);

export type WordId = keyof typeof en;

/**
 * Returns a word for formatted FHIR data in the current language. Not a hook, because `fhir/` does
 * not use React; components re-render when the language changes.
 */
export const word = (id: WordId, values?: Values): string => say(words, id, values);

/** Returns the short names of the months, January first. */
export const monthNames = (): readonly string[] => word('months').split(' ');

/** Whether a word with this id exists. */
export const isWord = (id: string): id is WordId => Object.hasOwn(en, id);
