import { list, record, records, text, texts } from '#lib/narrow.ts';
import { normaliseForMatch, similarity } from '#lib/similarity.ts';
import { dayNumber, dayRange, parseDate } from './dates.ts';

/** How alike two names or dates are. */
export type Likeness = 'same' | 'near' | 'different' | 'unknown';

/** What is compared of a patient; made once for each row. */
export interface MatchKey {
  /** Each name as family and given, normalised. */
  readonly names: readonly { readonly family: string; readonly given: string }[];
  readonly birthDate: string | undefined;
  readonly identifiers: readonly string[];
  readonly contacts: readonly string[];
  readonly gender: string | undefined;
}

export function matchKey(patient: unknown): MatchKey {
  const p = record(patient);
  return {
    names: list(p['name'])
      .slice(0, 10)
      .map((value) => {
        const name = typeof value === 'string' ? { text: value } : record(value);
        const family = normaliseForMatch(texts(name['family']).join(' '));
        const given = normaliseForMatch(texts(name['given']).join(' '));
        return family || given
          ? { family, given }
          : { family: normaliseForMatch(text(name['text']) ?? ''), given: '' };
      })
      .filter((n) => n.family || n.given),
    birthDate: parseDate(p['birthDate']) && text(p['birthDate']),
    identifiers: records(p['identifier']).flatMap((i) => {
      const value = text(i['value']);
      return value === undefined ? [] : [`${text(i['system']) ?? ''}|${value}`];
    }),
    contacts: records(p['telecom']).flatMap((t) => {
      const value = text(t['value'])?.toLowerCase();
      if (value === undefined) return [];
      // The last nine digits tell a number apart whatever its country code.
      const digits = value.replace(/\D/g, '');
      return value.includes('@') ? [value] : digits.length >= 6 ? [digits.slice(-9)] : [];
    }),
    gender: text(p['gender']),
  };
}

/** `smith` and `smyth` are 0.89 alike. */
const NEAR = 0.88;

function pair(a: MatchKey['names'][number], b: MatchKey['names'][number]): Likeness {
  if (a.family === b.family && a.given === b.given) return 'same';
  if (a.family === b.given && a.given === b.family) return 'near'; // swapped
  const family = similarity(a.family, b.family);
  const given = a.given && b.given ? similarity(a.given, b.given) : 0;
  if (family >= NEAR && given >= NEAR) return 'near';
  // One has more given names: `Mary` and `Mary Jane`.
  const shorter = a.given.length < b.given.length ? a.given : b.given;
  const longer = shorter === a.given ? b.given : a.given;
  return family >= NEAR && shorter.length >= 2 && longer.startsWith(shorter) ? 'near' : 'different';
}

/** The best likeness of any name of one with any name of the other. */
export function nameLikeness(a: MatchKey, b: MatchKey): Likeness {
  if (a.names.length === 0 || b.names.length === 0) return 'unknown';
  let best: Likeness = 'different';
  for (const x of a.names) {
    for (const y of b.names) {
      const found = pair(x, y);
      if (found === 'same') return 'same';
      if (found === 'near') best = 'near';
    }
  }
  return best;
}

/** Days within which two birth dates count as near. */
const DAYS = 3;

/**
 * The likeness of two birth dates: near is within three days, day and month swapped, one digit
 * different, or a partial date that covers the other.
 */
export function birthDateLikeness(a: string | undefined, b: string | undefined): Likeness {
  const x = parseDate(a);
  const y = parseDate(b);
  if (!x || !y) return 'unknown';
  if (!x.day || !y.day || !x.month || !y.month) {
    const [p, q] = [dayRange(x), dayRange(y)];
    return p.first <= q.last && q.first <= p.last ? 'near' : 'different';
  }
  const [s, t] = [dayRange(x).first, dayRange(y).first];
  if (s === t) return 'same';
  if (x.year === y.year && x.month === y.day && x.day === y.month) return 'near';
  const days = Math.abs(dayNumber(x.year, x.month, x.day) - dayNumber(y.year, y.month, y.day));
  if (days <= DAYS) return 'near';
  return Array.from(s).filter((c, i) => c !== t[i]).length === 1 ? 'near' : 'different';
}
