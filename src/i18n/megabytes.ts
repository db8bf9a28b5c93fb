import { locale } from '#lib/settings.ts';
import { kept } from './format.ts';

/** Returns a number of bytes in megabytes, in the language of the user: `1.5 MB`. */
export function megabytes(bytes: number): string {
  const language = locale();
  const options = { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 } as const;
  return kept(`MB ${language}`, () => new Intl.NumberFormat(language, options)).format(bytes / 1e6);
}
