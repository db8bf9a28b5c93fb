import { timeRange, type TimeRange } from '../fhir-dates.ts';
import type { SearchParameter } from './search-parameter.ts';
import { fold, type IndexValue, type TokenValue } from './search-values.ts';

/** Whether an indexed value matches the searched value. */
export type Matcher = (value: IndexValue) => boolean;

/** The supported modifiers by parameter type. */
export const modifiers: Readonly<Record<SearchParameter['type'], readonly string[]>> = {
  string: ['exact', 'contains', 'missing'],
  token: ['not', 'text', 'missing'],
  date: ['missing'],
  reference: [
    'missing',
    'Patient',
    'Practitioner',
    'Organization',
    'Encounter',
    'Group',
    'Location',
  ],
};

/** Splits at unescaped separators and removes the escapes `\,`, `\|`, `\$` and `\\`. */
export function splitValue(text: string, separator: ',' | '|'): string[] {
  const parts = [''];
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string;
    if (char === '\\' && i + 1 < text.length) {
      // A split at commas keeps the escapes, because a split at bars follows.
      parts[parts.length - 1] += (separator === ',' ? '\\' : '') + (text[++i] as string);
    } else if (char === separator) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts;
}

const unescape = (text: string): string => text.replace(/\\([\\,|$])/g, '$1');

/**
 * Returns the matcher for one searched value.
 *
 * @param text searched value, still escaped
 * @returns undefined when the value does not suit the parameter's type
 */
export function matcher(
  type: SearchParameter['type'],
  modifier: string | undefined,
  text: string,
): Matcher | undefined {
  if (type === 'string') return stringMatcher(unescape(text), modifier);
  if (type === 'token') return tokenMatcher(text, modifier);
  if (type === 'date') return dateMatcher(text);
  return referenceMatcher(unescape(text), modifier);
}

function stringMatcher(text: string, modifier: string | undefined): Matcher {
  if (modifier === 'exact') return (value) => value === text;
  const wanted = fold(text);
  // Indexed strings are already folded, see search-index.ts.
  if (modifier === 'contains') return (value) => (value as string).includes(wanted);
  return (value) => (value as string).startsWith(wanted);
}

function tokenMatcher(text: string, modifier: string | undefined): Matcher {
  if (modifier === 'text') {
    const wanted = fold(unescape(text));
    return (value) => fold((value as TokenValue).text ?? '').startsWith(wanted);
  }
  const [first = '', second] = splitValue(text, '|');
  const same = (a: string | undefined, b: string): boolean =>
    a !== undefined && a.toLowerCase() === b.toLowerCase();
  if (second === undefined) return (value) => same((value as TokenValue).code, first);
  if (first === '')
    return (value) =>
      (value as TokenValue).system === undefined && same((value as TokenValue).code, second);
  if (second === '') return (value) => (value as TokenValue).system === first;
  return (value) =>
    (value as TokenValue).system === first && same((value as TokenValue).code, second);
}

/** Returns a reference without its version, because a search for the resource finds it too. */
const unversioned = (value: unknown): string => (value as string).replace(/\/_history\/[^/]+$/, '');

function referenceMatcher(text: string, modifier: string | undefined): Matcher {
  const target = modifier === undefined || text.includes('/') ? text : `${modifier}/${text}`;
  const relative = /([A-Z]\w+\/[^/]+)$/.exec(target)?.[1];
  if (relative) return (value) => `/${unversioned(value)}`.endsWith(`/${relative}`);
  return (value) => (value as string).endsWith(`/${target}`);
}

/** https://hl7.org/fhir/R4/search.html#prefix */
function dateMatcher(text: string): Matcher | undefined {
  const [, prefix = 'eq', date = ''] = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)?(.*)$/.exec(text) ?? [];
  const asked = timeRange(date.replace(' ', '+'));
  if (!asked) return undefined;
  const inside = (r: TimeRange): boolean => r.start >= asked.start && r.end <= asked.end;
  const tests: Record<string, (r: TimeRange) => boolean> = {
    eq: inside,
    ne: (r) => !inside(r),
    gt: (r) => r.end > asked.end,
    lt: (r) => r.start < asked.start,
    ge: (r) => r.end > asked.end || inside(r),
    le: (r) => r.start < asked.start || inside(r),
    sa: (r) => r.start >= asked.end,
    eb: (r) => r.end <= asked.start,
    ap: (r) => r.start < asked.end && r.end > asked.start,
  };
  const test = tests[prefix];
  return test && ((value) => test(value as TimeRange));
}
