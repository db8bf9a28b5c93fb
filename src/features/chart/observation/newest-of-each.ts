import { bodySites } from '#fhir/values/body-site.ts';
import { conceptTexts } from '#fhir/values/coding.ts';
import { isModified } from '#fhir/caveats/modifiers.ts';
import { focusTexts } from '#fhir/observation/observation-focus.ts';
import type { Groups } from '#fhir/observation/observation-groups.ts';
import { measurements, valueText } from '#fhir/observation/observation.ts';
import type { FhirResource } from '#fhir/types.ts';
import { specimenText } from '#fhir/values/specimen.ts';
import { unitKey } from '#fhir/values/unit-key.ts';
import { choiceDate } from '#fhir/values/values.ts';
import { record, records, text, type Json } from '#lib/narrow.ts';
import { startOf } from '../cells/local-day.ts';
import { groupsIn } from './groups-in.ts';
import type { Came, Find } from '../panel.ts';
import { isBefore, measuredIn, spanOf, type Span } from './result-span.ts';
import { codeTokens, testName } from '../trend/tests-of.ts';

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

/** Undefined for what has neither a code nor a name. */
function what(holder: Json): unknown {
  const [codes, words] = [codeTokens(holder).toSorted(), testName(holder['code'])];
  return codes.length > 0 || words !== undefined ? [codes, words] : undefined;
}

/**
 * What must be the same of two results before they can be values of the same test, but for their
 * samples. Undefined where nobody says what was measured.
 */
function kindOf(o: Json, { keyOf }: Groups): string | undefined {
  const named = what(o);
  if (named === undefined) return undefined;
  return JSON.stringify([named, bodySites(o), conceptTexts(o['method']), focusTexts(o), keyOf(o)]);
}

/** What it has values of, its own and those of its components, each with its type and unit. */
function valuesOf(o: Json): ReadonlySet<string> {
  const all = new Map<string, number>();
  for (const holder of [o, ...records(o['component'])]) {
    // A quantity that has only a unit is no value.
    const said = valueText(holder) ?? holder['valueBoolean'] ?? holder['valueSampledData'];
    if (said === undefined || said === null) continue;
    const type = Object.keys(holder).find((key) => /^value[A-Z]/.test(key));
    // An unnamed part is only its own record's.
    const named = holder === o ? '' : (what(holder) ?? { of: o['id'] });
    const key = JSON.stringify([named, type, unitKey(record(holder['valueQuantity']))]);
    all.set(key, (all.get(key) ?? 0) + 1);
  }
  // The second of the same is another value.
  return new Set(
    [...all].flatMap(([key, count]) => Array.from({ length: count }, (_, n) => `${n}${key}`)),
  );
}

/** How far the laboratory's or device's words ask for attention; words without a known code do. */
function attention(o: Json): number {
  const said = measurements(o).flatMap(({ interpretations }) => interpretations);
  if (said.some(({ level }) => level === 'critical')) return 2;
  return said.some(({ level, code }) => level !== 'normal' || code === undefined) ? 1 : 0;
}

/** Clocks differ, and somewhere it is tomorrow already. */
const DAY = 24 * 3_600_000;

interface Entry {
  readonly observation: FhirResource;
  readonly kind: string | undefined;
  /** Results of one test are of one kind and sample; what nobody named is a test of its own. */
  readonly test: unknown;
  readonly values: ReadonlySet<string>;
  readonly status: unknown;
  /** Of when its row says that it is. */
  readonly dated: Span | undefined;
  readonly measured: Span | undefined;
  /** Where its row stands. */
  readonly at: number;
  /** A value that holds: one that is withdrawn, missing or of unknown meaning hides none. */
  readonly holds: boolean;
  /** Nobody has measured it yet: its date is wrong. */
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
    test: kind === undefined ? observation : JSON.stringify([kind, specimen(o)]),
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

/** Whether all that one has values of, the other has values of, too. */
const isCovered = (one: Entry, other: Entry): boolean =>
  [...one.values].every((value) => other.values.has(value));

/**
 * Whether one goes because of another of the same test: all that it measured has newer values, or
 * its place is taken by a later one that has none either.
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

/** The newest first; what has no date last. */
const byTime = (a: Entry, b: Entry): number => b.at - a.at || 0;

/**
 * Who has a seat first: for one half the newest values, so that no flag of years ago displaces
 * today's; then what is flagged, unless the same was measured again, in whatever sample.
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
 * The newest value of each test. Only what is certainly older than a value of the same test, in the
 * same unit, of the same sample, site, method and group, is left out. Where there is no room for
 * all, half of it is for the newest, and what the laboratory flagged comes next, however old: a
 * card must hide neither today's value nor what needs attention.
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
