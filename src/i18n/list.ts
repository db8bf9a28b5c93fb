import { locale } from '#lib/settings.ts';
import { kept } from './format.ts';

/** Joins words with the separator of the language: `Peanut, Eggs`. */
export function listText(items: readonly string[]): string {
  const language = locale();
  const options = { type: 'unit', style: 'short' } as const;
  return kept(`list ${language}`, () => new Intl.ListFormat(language, options)).format(items);
}
