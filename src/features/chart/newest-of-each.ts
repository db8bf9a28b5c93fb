import { bodySites } from '#fhir/body-site.ts';
import { conceptText, conceptTexts } from '#fhir/coding.ts';
import { dayRange, parseDate } from '#fhir/dates.ts';
import { isModified } from '#fhir/modifiers.ts';
import { focusTexts } from '#fhir/observation-focus.ts';
import type { Groups } from '#fhir/observation-groups.ts';
import { measurements } from '#fhir/observation.ts';
import type { FhirResource } from '#fhir/types.ts';
import { specimenText } from '#fhir/specimen.ts';
import { unitKey } from '#fhir/unit-key.ts';
import { choiceDate, choiceText } from '#fhir/values.ts';
import { record, records, text, type Json } from '#lib/narrow.ts';
import { startOf } from './local-day.ts';
import { groupsIn } from './observation/answer.ts';
import type { Came, Find } from './panel.ts';
import { codeTokens } from './trend/tests-of.ts';

/** What a card shows of many results, and how many it does not. */
export interface NewestOfEach {
  readonly shown: readonly FhirResource[];
  /** Left out because the same test has a newer value. */
  readonly older: number;
  /** The newest of their test for which there is no room. */
  readonly more: number;
  /** How many of those are flagged. */
  readonly flagged: number;
}

/**
 * Of which sample. Its number is another one each time: where its kind is said, that counts. Of one
 * that only a reference names, nobody knows whether it is blood or urine.
 */
function specimen(o: Json): string | undefined {
  const s = record(o['specimen']);
  const reference = text(s['reference']);
  // The same name within two records names two samples.
  const to = reference?.startsWith('#') ? `${text(o['id'])}${reference}` : reference;
  return specimenText(o) ?? to ?? JSON.stringify(s);
}

const what = (holder: Json): unknown => [
  codeTokens(holder).toSorted(),
  conceptText(holder['code']),
];

/** What must be the same of two results before they can be values of the same test. */
const testOf = (o: Json, { keyOf }: Groups): string =>
  JSON.stringify([
    what(o),
    [specimen(o), bodySites(o), conceptTexts(o['method']), focusTexts(o), keyOf(o)],
  ]);

/** What it has values of, its own and those of its components, each with its type and unit. */
const valuesOf = (o: Json): readonly string[] =>
  [o, ...records(o['component'])].flatMap((holder) => {
    // A quantity that has only a unit is no value.
    const said =
      choiceText(holder, 'value') ?? holder['valueBoolean'] ?? holder['valueSampledData'];
    const type = Object.keys(holder).find((key) => /^value[A-Z]/.test(key));
    const named = holder === o ? '' : what(holder);
    return said !== undefined && said !== null
      ? [JSON.stringify([named, type, unitKey(record(holder['valueQuantity']))])]
      : [];
  });

/** Its first and last moment, as far as it is known: a day without an hour may be any of its hours. */
function span(o: Json): readonly [number, number] | undefined {
  const date = choiceDate(o, 'effective') ?? text(o['issued']);
  const from = startOf(date);
  const day = parseDate(date);
  if (from === undefined || day === undefined) return undefined;
  if (date?.includes('T')) return [from, from];
  const { year, month, day: last } = parseDate(dayRange(day).last) ?? day;
  return [from, new Date(year, (month ?? 1) - 1, (last ?? 1) + 1).getTime() - 1];
}

/** How far the laboratory's or device's words ask for attention; words without a known code do. */
function attention(o: Json): number {
  const said = measurements(o).flatMap(({ interpretations }) => interpretations);
  if (said.some(({ level }) => level === 'critical')) return 2;
  return said.some(({ level, code }) => level !== 'normal' || code === undefined) ? 1 : 0;
}

interface Entry {
  readonly observation: FhirResource;
  readonly test: string;
  readonly values: readonly string[];
  readonly status: unknown;
  readonly span: readonly [number, number] | undefined;
  /** A value that holds: one that is withdrawn, missing or of unknown meaning hides none. */
  readonly holds: boolean;
  readonly attention: number;
}

function entry(observation: FhirResource, groups: Groups): Entry {
  const o = record(observation);
  const { status } = o;
  const values = valuesOf(o);
  const holds =
    status !== 'entered-in-error' && status !== 'cancelled' && values.length > 0 && !isModified(o);
  return {
    observation,
    test: testOf(o, groups),
    values,
    status,
    span: span(o),
    holds,
    attention: holds ? attention(o) : 0,
  };
}

/**
 * Whether one goes because of another of the same test: all that it measured has newer values, or
 * its place is taken by a later one that has none either.
 */
function goes(one: Entry, other: Entry): boolean {
  if (!one.span || !other.span || one.span[1] >= other.span[0]) return false;
  if (!one.values.every((value) => other.values.includes(value))) return false;
  return other.holds || (!one.holds && one.status === other.status);
}

/** The newest first; what has no date last. */
const byTime = (a: Entry, b: Entry): number =>
  (b.span?.[0] ?? -Infinity) - (a.span?.[0] ?? -Infinity) || 0;

/**
 * The newest value of each test. Only what is certainly older than a value of the same test, in the
 * same unit, of the same sample, site, method and group, is left out. Where there is no room for all, what
 * the laboratory flagged is shown first, however old: a card must not hide it behind what is normal.
 *
 * @param rows for how many there is room
 * @param came what the answer held besides, for what belongs together
 */
export function newestOfEach(
  items: readonly FhirResource[],
  rows: number,
  find: Find = () => undefined,
  came: Came = items,
): NewestOfEach {
  const groups = groupsIn(find, came);
  const tests = new Map<string, Entry[]>();
  for (const one of items.map((item) => entry(item, groups)))
    tests.set(one.test, [...(tests.get(one.test) ?? []), one]);
  const newest = [...tests.values()]
    .flatMap((all) => all.filter((one) => !all.some((other) => goes(one, other))))
    .toSorted(byTime);
  const seated = newest.toSorted((a, b) => b.attention - a.attention);
  const [shown, rest] = [new Set(seated.slice(0, rows)), seated.slice(rows)];
  return {
    shown: newest.filter((one) => shown.has(one)).map(({ observation }) => observation),
    older: items.length - newest.length,
    more: rest.length,
    flagged: rest.filter((one) => one.attention > 0).length,
  };
}
