import { escapeValue } from './search-query.ts';
import type { SearchParams } from '../types.ts';

/** Joins spellings of a number to one search value (OR). */
function spellings(...texts: readonly string[]): string {
  return [...new Set(texts.map(escapeValue))].join(',');
}

/** Returns common spellings of a North American phone number, because servers compare text. */
function groupedPhones(digits: string): readonly string[] {
  const [, area, office, line] = /^1?([2-9]\d{2})(\d{3})(\d{4})$/.exec(digits) ?? [];
  if (area === undefined) return [];
  return [
    `(${area}) ${office}-${line}`,
    ...['-', '.', ' '].map((c) => [area, office, line].join(c)),
  ];
}

/** Returns the search for an identifier as typed, or without its blanks. */
export const identifierParams = (text: string): SearchParams => ({
  identifier: spellings(text, text.replace(/\s/g, '')),
});

/** Returns the search for the digits of a number, or for the number as typed. */
export const digitsParams = (text: string): SearchParams => ({
  identifier: spellings(text.replace(/\D/g, ''), text),
});

/** Returns the search for a phone number in the spellings under which it may be recorded. */
export function phoneParams(text: string): SearchParams {
  const digits = text.replace(/\D/g, '');
  const plain = text.startsWith('+') ? `+${digits}` : digits;
  return { phone: spellings(text, plain, ...groupedPhones(digits)) };
}
