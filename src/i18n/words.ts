import { defineCatalogue } from './catalogue.ts';
import { say } from './language.ts';
import type { Values } from './format.ts';
import en from './messages/en.json';

const words = defineCatalogue(en);

export type WordId = keyof typeof en;

/**
 * A word of what `fhir/` formats, in the language in force: `fhir/` knows no React, so that no hook
 * can hand it over. What is on screen is drawn anew when the language changes.
 */
export const word = (id: WordId, values?: Values): string => say(words, id, values);

/** The three-letter names of the months, January first. */
export const monthNames = (): readonly string[] => word('months').split(' ');

/** Whether there is a word of this name. */
export const isWord = (id: string): id is WordId => Object.hasOwn(en, id);
