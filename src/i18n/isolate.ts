import { isRightToLeft, locale } from '#lib/settings.ts';

/**
 * A number of the data among other words: where they run from right to left, `+44 1632 960000`
 * would be read back to front (FIRST STRONG ISOLATE, UAX #9).
 */
export const isolate = (value: string): string =>
  isRightToLeft(locale()) ? `\u2068${value}\u2069` : value;
