import { escapeValue } from './search-query.ts';
import type { SearchParams } from '../types.ts';

/** OR of the spellings of a number: as typed, and its digits alone. */
function spellings(...texts: readonly string[]): string {
  return [...new Set(texts.map(escapeValue))].join(',');
}

/** How North American numbers are written: servers compare them as text. */
function groupedPhones(digits: string): readonly string[] {
  const [, area, office, line] = /^1?([2-9]\d{2})(\d{3})(\d{4})$/.exec(digits) ?? [];
  if (area === undefined) return [];
  return [
    `(${area}) ${office}-${line}`,
    ...['-', '.', ' '].map((c) => [area, office, line].join(c)),
  ];
}

/** A number as it stands, and written together. */
export const identifierParams = (text: string): SearchParams => ({
  identifier: spellings(text, text.replace(/\s/g, '')),
});

/** The digits of a number first, then as it stands. */
export const digitsParams = (text: string): SearchParams => ({
  identifier: spellings(text.replace(/\D/g, ''), text),
});

export function phoneParams(text: string): SearchParams {
  const digits = text.replace(/\D/g, '');
  const plain = text.startsWith('+') ? `+${digits}` : digits;
  return { phone: spellings(text, plain, ...groupedPhones(digits)) };
}
