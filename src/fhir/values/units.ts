import { word } from '#i18n/words.ts';

/** UCUM units of time, and the key of their message (`age.y`). */
const TIMES = { a: 'y', mo: 'm', wk: 'w', d: 'd', h: 'hr', min: 'min' } as const;

/** Formats a number with a UCUM unit of time as `12y` or `8hr`; undefined for any other unit. */
export function timeText(n: number | string, unit: string | undefined): string | undefined {
  if (unit === undefined || !Object.hasOwn(TIMES, unit)) return undefined;
  return word(`age.${TIMES[unit as keyof typeof TIMES]}`, { n });
}

/** Superscript digits, for powers of ten and for areas. */
const RAISED: Readonly<Record<string, string>> = {
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
  '-': '⁻',
};

const raise = (digits: string): string => digits.replace(/./g, (d) => RAISED[d] ?? d);

/** Complete UCUM codes and their spelling by clinicians. */
const WHOLE: Readonly<Record<string, string>> = {
  Cel: '°C',
  '[degF]': '°F',
  'mm[Hg]': 'mmHg',
  'cm[H2O]': 'cmH₂O',
  '[in_i]': 'in',
  '[lb_av]': 'lb',
  '[pH]': '',
  '1': '',
};

/**
 * Returns a UCUM code in the spelling of clinicians: `10*3/uL` becomes `10³/µL`, `kg/m2` `kg/m²`,
 * `{score}` `score`. Any other text is returned unchanged.
 *
 * Micrograms become `mcg`, because `µg` is on the ISMP list of error-prone abbreviations.
 *
 * @see https://ucum.org/ucum
 */
export function unitText(unit: string | undefined): string | undefined {
  if (unit === undefined) return undefined;
  if (Object.hasOwn(WHOLE, unit)) return WHOLE[unit] || undefined;
  const shown = unit
    .replace(/\b10[*^](-?\d{1,2})/g, (_, power: string) => `10${raise(power)}`)
    .replace(/\[i?[iI]U\]/g, 'IU')
    .replace(/mm\[Hg\]/g, 'mmHg')
    .replace(
      /\{([^{}]*)\}/g,
      (_, note: string, at: number, whole: string) =>
        (/^$|[/.\s]$/.test(whole.slice(0, at)) ? '' : ' ') + note.replaceAll('_', ' '),
    )
    .replace(/(^|[/.\s])u(L|mol|U|IU|Eq|m)(?=$|[/.\s])/g, '$1µ$2')
    .replace(/(^|[/.\s])ug(?=$|[/.\s])/g, '$1mcg')
    .replace(
      /(^|[/.\s])(k|c|m)?m([23])(?=$|[/.\s])/g,
      (_, before: string, prefix: string, n: string) => `${before}${prefix ?? ''}m${raise(n)}`,
    );
  return shown.trim() || undefined;
}
