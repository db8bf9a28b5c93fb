import { list, record, records, text, texts } from '#lib/narrow.ts';
import { normaliseForMatch, similarity } from '#lib/similarity.ts';
import { dayNumber, dayRange, parseDate } from '../dates/dates.ts';

/** How similar two names or dates are. */
export type Likeness = 'same' | 'near' | 'different' | 'unknown';

/** `swapped` means equal names with family and given name exchanged. */
export type NameLikeness = Likeness | 'swapped';

/** A birth date, prepared for comparison with many others. */
export interface BirthKey {
  /** The first and the last day that the date covers, as FHIR dates. */
  readonly first: string;
  readonly last: string;
  readonly partial: boolean;
  readonly number: number;
  /** The date with day and month exchanged. */
  readonly swapped: string;
}

/** @returns undefined if the date is missing or no FHIR date */
export function birthKey(date: unknown): BirthKey | undefined {
  const d = parseDate(date);
  if (!d) return undefined;
  const { first, last } = dayRange(d);
  const [year = '', month = '', day = ''] = first.split('-');
  return {
    first,
    last,
    partial: first !== last,
    number: dayNumber(Number(year), Number(month), Number(day)),
    swapped: `${year}-${day}-${month}`,
  };
}

/** The data of a patient that are compared; computed once for each row. */
export interface MatchKey {
  /** The names, normalised. A name with only one part has it as `family`. */
  readonly names: readonly { readonly family: string; readonly given: string }[];
  readonly birth: BirthKey | undefined;
  readonly identifiers: readonly string[];
  readonly contacts: readonly string[];
  readonly gender: string | undefined;
}

/** Prepares a patient for comparison. Elements of the wrong type count as missing. */
export function matchKey(patient: unknown): MatchKey {
  const p = record(patient);
  return {
    names: list(p['name'])
      .slice(0, 10)
      .map((value) => {
        const name = typeof value === 'string' ? { text: value } : record(value);
        const family = normaliseForMatch(texts(name['family']).join(' '));
        const given = normaliseForMatch(texts(name['given']).join(' '));
        // A name with only one part may be recorded in either field.
        return family
          ? { family, given }
          : { family: given || normaliseForMatch(text(name['text']) ?? ''), given: '' };
      })
      .filter((n) => n.family || n.given),
    birth: birthKey(p['birthDate']),
    identifiers: records(p['identifier']).flatMap((i) => {
      const value = text(i['value']);
      return value === undefined ? [] : [`${text(i['system']) ?? ''}|${value}`];
    }),
    contacts: records(p['telecom']).flatMap((t) => {
      const value = text(t['value'])?.toLowerCase();
      if (value === undefined) return [];
      // The last nine digits identify a phone number, with or without a country code.
      const digits = value.replace(/\D/g, '');
      return value.includes('@') ? [value] : digits.length >= 6 ? [digits.slice(-9)] : [];
    }),
    gender: text(p['gender']),
  };
}

/** Lowest similarity of near names; `smith` and `smyth` have 0.89. */
const NEAR = 0.88;

function pair(a: MatchKey['names'][number], b: MatchKey['names'][number]): NameLikeness {
  if (a.family === b.family && a.given === b.given) return 'same';
  if (a.given && a.family === b.given && a.given === b.family) return 'swapped';
  const near = (x: string, y: string): boolean => similarity(x, y) >= NEAR;
  if (near(a.family, b.given) && near(a.given, b.family)) return 'near'; // swapped, with a typo
  const family = near(a.family, b.family);
  if (family && near(a.given, b.given)) return 'near';
  // One name may have more given names than the other: `Mary` and `Mary Jane`.
  const shorter = a.given.length < b.given.length ? a.given : b.given;
  const longer = shorter === a.given ? b.given : a.given;
  return family && shorter.length >= 2 && longer.startsWith(shorter) ? 'near' : 'different';
}

/** Returns the best likeness between any name of one patient and any name of the other. */
export function nameLikeness(a: MatchKey, b: MatchKey): NameLikeness {
  if (a.names.length === 0 || b.names.length === 0) return 'unknown';
  let best: NameLikeness = 'different';
  for (const x of a.names) {
    for (const y of b.names) {
      const found = pair(x, y);
      if (found === 'same') return 'same';
      if (found === 'swapped' || (found === 'near' && best === 'different')) best = found;
    }
  }
  return best;
}

/** Largest difference in days at which two birth dates count as near. */
const DAYS = 3;

/**
 * Returns the likeness of two birth dates. They are near if they are within three days, have day
 * and month exchanged, differ in one digit, or one is partial and they overlap.
 */
export function birthDateLikeness(a: BirthKey | undefined, b: BirthKey | undefined): Likeness {
  if (!a || !b) return 'unknown';
  if (a.partial || b.partial) return a.first <= b.last && b.first <= a.last ? 'near' : 'different';
  if (a.first === b.first) return 'same';
  if (Math.abs(a.number - b.number) <= DAYS) return 'near';
  if (a.swapped === b.first) return 'near';
  let different = 0;
  for (let i = 0; i < a.first.length; i += 1) if (a.first[i] !== b.first[i]) different += 1;
  return different === 1 ? 'near' : 'different';
}
