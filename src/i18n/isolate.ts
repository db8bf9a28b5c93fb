import { isRightToLeft, locale } from '#lib/settings.ts';

/**
 * Isolates a value among other words. In right-to-left text `+44 1632 960000` would otherwise
 * appear reversed (FIRST STRONG ISOLATE, UAX #9).
 */
export const isolate = (value: string): string =>
  isRightToLeft(locale()) ? `\u2068${value}\u2069` : value;
