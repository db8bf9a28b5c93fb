/** Returns a time format with 24 hours, as everywhere in the app. */
export function timeFormat(
  locale: string,
  style: Pick<Intl.DateTimeFormatOptions, 'dateStyle' | 'timeStyle'>,
): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale.replace(/^en.*/, 'en-GB'), { ...style, hourCycle: 'h23' });
}
