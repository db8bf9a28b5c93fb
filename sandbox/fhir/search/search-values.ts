import type {
  Address,
  CodeableConcept,
  Coding,
  ContactPoint,
  HumanName,
  Identifier,
  Period,
  Reference,
} from 'fhir/r4';
import { timeRange, type TimeRange } from '../fhir-dates.ts';

/** A code in the form that token parameters compare. */
export interface TokenValue {
  system?: string | undefined;
  code?: string | undefined;
  text?: string | undefined;
}

/** A value of a resource for one search parameter. */
export type IndexValue = string | TokenValue | TimeRange;

const folds: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ı: 'i',
};

/** Returns lower-case text without the accents of the Latin, Greek and Cyrillic scripts. */
export function fold(text: string): string {
  // Most names are plain ASCII and do not need the slow normalization.
  if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase();
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[ßøđðłæœþı]/g, (char) => folds[char] ?? char)
    .normalize('NFC');
}

const present = (values: readonly (string | undefined)[]): string[] =>
  values.filter((value): value is string => value !== undefined && value !== null && value !== '');

export const nameValues = (names: readonly HumanName[] = []): string[] =>
  names.flatMap((n) =>
    present([n.family, ...(n.given ?? []), ...(n.prefix ?? []), ...(n.suffix ?? []), n.text]),
  );

export const familyValues = (names: readonly HumanName[] = []): string[] =>
  present(names.map((n) => n.family));

export const givenValues = (names: readonly HumanName[] = []): string[] =>
  names.flatMap((n) => present(n.given ?? []));

export const addressValues = (addresses: readonly Address[] = []): string[] =>
  addresses.flatMap((a) =>
    present([...(a.line ?? []), a.city, a.district, a.state, a.country, a.postalCode, a.text]),
  );

export const strings = (...values: (string | undefined)[]): string[] => present(values);

export const codingToken = (c: Coding): TokenValue => ({
  system: c.system,
  code: c.code,
  text: c.display,
});

export const conceptTokens = (
  concepts: CodeableConcept | readonly CodeableConcept[] | undefined,
): TokenValue[] =>
  list(concepts).flatMap((c) => {
    const tokens = (c.coding ?? []).map(codingToken);
    return c.text === undefined ? tokens : [...tokens, { text: c.text }];
  });

export const identifierTokens = (
  identifiers: Identifier | readonly Identifier[] | undefined,
): TokenValue[] =>
  list(identifiers).map((i) => ({ system: i.system, code: i.value, text: i.type?.text }));

export const codeTokens = (code: string | boolean | undefined): TokenValue[] =>
  code === undefined ? [] : [{ code: String(code) }];

export const telecomTokens = (
  telecoms: readonly ContactPoint[] = [],
  system?: string,
): TokenValue[] =>
  telecoms
    .filter((t) => system === undefined || t.system === system)
    .map((t) => ({ code: t.value }));

export const referenceValues = (
  references: Reference | readonly Reference[] | undefined,
): string[] => list(references).flatMap((r) => present([r.reference]));

export const dateValues = (...values: (string | Period | undefined)[]): TimeRange[] =>
  values.flatMap((value) => {
    if (value === undefined) return [];
    const range = typeof value === 'string' ? timeRange(value) : periodRange(value);
    return range ? [range] : [];
  });

function periodRange(period: Period): TimeRange | undefined {
  const start = period.start === undefined ? undefined : timeRange(period.start);
  const end = period.end === undefined ? undefined : timeRange(period.end);
  return start || end ? { start: start?.start ?? -Infinity, end: end?.end ?? Infinity } : undefined;
}

function list<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
