import { bodySites } from '#fhir/values/body-site.ts';
import { conceptTexts } from '#fhir/values/coding.ts';
import { isModified } from '#fhir/caveats/modifiers.ts';
import { focusTexts } from '#fhir/observation/observation-focus.ts';
import type { Groups } from '#fhir/observation/observation-groups.ts';
import { measurements, valueText } from '#fhir/observation/observation.ts';
import type { FhirResource } from '#fhir/types.ts';
import { unitKey } from '#fhir/values/unit-key.ts';
import { choiceDate } from '#fhir/values/values.ts';
import { record, records, text, type Json } from '#lib/narrow.ts';
import { startOf } from '../cells/local-day.ts';
import { groupsIn } from './groups-in.ts';
import type { Came, Find } from '../panel.ts';
import { isBefore, measuredIn, spanOf, type Span } from './result-span.ts';
import { specimenKey } from './specimen-key.ts';
import { codeTokens, testName } from '../trend/tests-of.ts';

/** The results that a card shows, and how many it leaves out. */
export interface NewestOfEach {
  readonly shown: readonly FhirResource[];
  /** Number left out because the same test has a newer value. */
  readonly older: number;
  /** Number of results that are the newest of their test but have no room. */
  readonly more: number;
  /** Number of those that are flagged. */
  readonly flagged: number;
}

/** Returns the codes and text of an element; undefined if it has neither. */
function what(holder: Json): unknown {
  const [codes, words] = [codeTokens(holder).toSorted(), testName(holder['code'])];
  return codes.length > 0 || words !== undefined ? [codes, words] : undefined;
}

/**
 * Returns what two results must share, besides the specimen, to be values of the same test.
 * Undefined if it is not recorded what was measured.
 */
function kindOf(o: Json, { keyOf }: Groups): string | undefined {
  const named = what(o);
  if (named === undefined) return undefined;
  return JSON.stringify([named, bodySites(o), conceptTexts(o['method']), focusTexts(o), keyOf(o)]);
}

/** Returns which values a result has, its own and those of its components, with type and unit. */
function valuesOf(o: Json): ReadonlySet<string> {
  const all = new Map<string, number>();
  for (const holder of [o, ...records(o['component'])]) {
    // A quantity with only a unit is not a value.
    const said = valueText(holder) ?? holder['valueBoolean'] ?? holder['valueSampledData'];
    if (said === undefined || said === null) continue;
    const type = Object.keys(holder).find((key) => /^value[A-Z]/.test(key));
    // An unnamed component matches only its own record.
    const named = holder === o ? '' : (what(holder) ?? { of: o['id'] });
    const key = JSON.stringify([named, type, unitKey(record(holder['valueQuantity']))]);
    all.set(key, (all.get(key) ?? 0) + 1);
  }
  // A second value of the same kind counts as another value.
  return new Set(
    [...all].flatMap(([key, count]) => Array.from({ length: count }, (_, n) => `${n}${key}`)),
  );
}

/** Returns how urgent the interpretations are; a text without a known code is abnormal. */
export function attention(o: unknown): number {
  const said = measurements(o).flatMap(({ interpretations }) => interpretations);
  if (said.some(({ level }) => level === 'critical')) return 2;
  return said.some(({ level, code }) => level !== 'normal' || code === undefined) ? 1 : 0;
}

/** Tolerance for clocks that differ and for time zones where it is tomorrow already. */
const DAY = 24 * 3_600_000;

interface Entry {
  readonly observation: FhirResource;
  readonly kind: string | undefined;
  /** Key of the test: the same kind and specimen. A result without a name is a test of its own. */
  readonly test: unknown;
  readonly values: ReadonlySet<string>;
  readonly status: unknown;
  /** The time that the row shows. */
  readonly dated: Span | undefined;
  readonly measured: Span | undefined;
  /** Position of the row in time, in ms since the epoch. */
  readonly at: number;
  /** True for a valid value; a withdrawn, missing or modified one hides no other. */
  readonly holds: boolean;
  /** True for a date in the future, which must be an error. */
  readonly future: boolean;
  readonly attention: number;
}

function entry(observation: FhirResource, groups: Groups): Entry {
  const o = record(observation);
  const { status } = o;
  const values = valuesOf(o);
  const holds =
    status !== 'entered-in-error' && status !== 'cancelled' && values.size > 0 && !isModified(o);
  const kind = kindOf(o, groups);
  const date = choiceDate(o, 'effective') ?? text(o['issued']);
  const dated = spanOf(date);
  return {
    observation,
    kind,
    test: kind === undefined ? observation : JSON.stringify([kind, specimenKey(o)]),
    values,
    status,
    dated,
    measured: measuredIn(o),
    at: startOf(date) ?? -Infinity,
    holds,
    future: dated !== undefined && dated.first.at > Date.now() + DAY,
    attention: holds ? attention(o) : 0,
  };
}

/** Whether the other result has all kinds of values that one has. */
const isCovered = (one: Entry, other: Entry): boolean =>
  [...one.values].every((value) => other.values.has(value));

/**
 * Whether one result is hidden by another of the same test: each of its values has a newer one, or
 * the later result has no valid value either and the same status.
 */
const goes = (one: Entry, other: Entry): boolean =>
  isBefore(one.measured, other.measured) &&
  !other.future &&
  isCovered(one, other) &&
  (other.holds || (!one.holds && one.status === other.status));

function groupedBy<K>(
  all: readonly Entry[],
  keyOf: (one: Entry) => K,
): ReadonlyMap<K, readonly Entry[]> {
  const groups = new Map<K, Entry[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}

/** Compares by time, newest first, undated last. */
const byTime = (a: Entry, b: Entry): number => b.at - a.at || 0;

/**
 * Orders the results by their claim to a row: half of the rows go to the newest values, so that no
 * flag of years ago displaces today's; then come flagged results, unless the same was measured
 * again later, in whatever specimen.
 *
 * @param newest by time
 */
function seats(newest: readonly Entry[], rows: number): readonly Entry[] {
  const kinds = groupedBy(newest, ({ kind }) => kind);
  const isOutdone = (one: Entry): boolean =>
    one.kind !== undefined &&
    (kinds.get(one.kind) ?? []).some(
      (other) =>
        other.holds && !other.future && isBefore(one.dated, other.dated) && isCovered(one, other),
    );
  const first = newest
    .filter(({ holds, future }) => holds && !future)
    .slice(0, Math.floor(rows / 2));
  const rest = newest
    .filter((one) => !first.includes(one))
    .map((one) => ({ one, rank: one.attention > 0 && !isOutdone(one) ? one.attention : 0 }))
    .toSorted((a, b) => b.rank - a.rank);
  return [...first, ...rest.map(({ one }) => one)];
}

/**
 * Returns the newest value of each test. A result is left out only if it is certainly older than a
 * value of the same test, in the same unit, of the same sample, site, method and group. Where there
 * is no room for all, half of it is for the newest, and flagged results come next, however old: a
 * card must hide neither today's value nor what needs attention.
 *
 * @param rows maximum number of results shown
 * @param came all resources of the response, to find results that belong together
 */
export function newestOfEach(
  items: readonly FhirResource[],
  rows: number,
  find: Find = () => undefined,
  came: Came = items,
): NewestOfEach {
  const groups = groupsIn(find, came);
  const entries = items.map((item) => entry(item, groups));
  const newest = [...groupedBy(entries, ({ test }) => test).values()]
    .flatMap((all) => all.filter((one) => !all.some((other) => goes(one, other))))
    .toSorted(byTime);
  const seated = seats(newest, rows);
  const [shown, rest] = [new Set(seated.slice(0, rows)), seated.slice(rows)];
  return {
    shown: newest.filter((one) => shown.has(one)).map(({ observation }) => observation),
    older: items.length - newest.length,
    more: rest.length,
    flagged: rest.filter((one) => one.attention > 0).length,
  };
}
