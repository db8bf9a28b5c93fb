import { bodySites } from '#fhir/values/body-site.ts';
import { codedTexts } from '#fhir/coded/coded-text.ts';
import { isModified } from '#fhir/caveats/modifiers.ts';
import { focusTexts } from '#fhir/observation/observation-focus.ts';
import type { Groups } from '#fhir/observation/observation-groups.ts';
import { specimenText } from '#fhir/values/specimen.ts';
import { unitKey } from '#fhir/values/unit-key.ts';
import { choiceDate, shownUnit } from '#fhir/values/values.ts';
import { listText } from '#i18n/list.ts';
import { isRecord, number, record, records, text, type Json } from '#lib/narrow.ts';
import { specimenKey } from '../observation/specimen-key.ts';
import { keysOf, measurand, type Measurand } from './same-test.ts';
import { testName } from './tests-of.ts';

interface Measured {
  readonly value: number;
  readonly unit: string | undefined;
  /** Key that is the same for every spelling of the unit. */
  readonly unitKey: string | undefined;
}

/** A result as a whole, or one of its components. */
export interface Part {
  /** Key that is the same for every display of the same code; undefined for the whole result. */
  readonly key: string | undefined;
  /** Name of the component; undefined for the whole result. */
  readonly name: string | undefined;
  readonly holder: Json;
  /** The value to draw; undefined if it cannot be drawn. */
  readonly found: Measured | undefined;
}

export interface Result {
  readonly observation: Json;
  /** What was measured, with body site, specimen and method. */
  readonly label: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** FHIR date or dateTime. */
  readonly date: string;
  readonly parts: readonly Part[];
}

/** Returns a plain number with its unit; undefined for a bound such as `< 5`. */
function measured(holder: Json): Measured | undefined {
  const quantity = record(holder['valueQuantity']);
  const value = number(quantity['value']);
  if (value === undefined || text(quantity['comparator']) !== undefined) return undefined;
  return { value, unit: shownUnit(quantity), unitKey: unitKey(quantity) };
}

/** Returns the components of a result with what each measures, if that is recorded. */
const componentsOf = (o: Json) =>
  records(o['component']).map((holder) => ({
    holder,
    name: testName(holder['code']),
    measures: measurand(holder),
  }));

/** Dated results of one test, newest or oldest first as the server sent them. */
export interface TestResults {
  /** Unique on the page. */
  readonly key: string;
  readonly results: readonly Result[];
  readonly measures: Measurand;
  /** Body site, method and group, such as the germ. */
  readonly place: string;
  /** Specimen; undefined where none is recorded. */
  readonly sample: string | undefined;
  /** True for a specimen that may be any: only a reference, and no code names what was sampled. */
  readonly unnamed: boolean;
}

/** A LOINC code names its system, such as blood (https://loinc.org/get-started/loinc-term-basics/). */
const namesSystem = ({ codes }: Measurand): boolean =>
  codes.some((token) => token.startsWith('http://loinc.org|'));

/** Returns what tells the test of a result apart from others, besides what it measures. */
function circumstances(
  o: Json,
  measures: Measurand,
  groups: Groups,
): Pick<TestResults, 'place' | 'sample' | 'unnamed'> {
  const named = specimenText(o);
  const unnamed = named === undefined && isRecord(o['specimen']) && !namesSystem(measures);
  return {
    // Results of the right and the left eye, or of mouth and ear, must not be mixed.
    place: JSON.stringify([bodySites(o), codedTexts(o['method']), groups.keyOf(o)]),
    sample: unnamed ? specimenKey(o) : named,
    unnamed,
  };
}

/** Returns a result with its parts; undefined for one that belongs to no test or has no date. */
function resultOf(o: Json, groups: Groups, keyOf: (one: Measurand) => string): Result | undefined {
  const date = choiceDate(o, 'effective') ?? text(o['issued']);
  const at = Date.parse(date ?? '');
  if (date === undefined || Number.isNaN(at)) return undefined;
  if (o['status'] === 'entered-in-error' || o['status'] === 'cancelled') return undefined;
  if (focusTexts(o).length > 0) return undefined;
  // The group becomes part of the name only where it tells two tests apart.
  const origins = groups.keyOf(o) === '' ? [] : groups.originsOf(o).map(({ words }) => words);
  const names = [
    testName(o['code']),
    ...bodySites(o),
    specimenText(o),
    ...codedTexts(o['method']),
    ...origins,
  ];
  const label = listText(names.filter((words) => words !== undefined));
  // The meaning of a value with an unknown modifier is unknown.
  const value = isModified(o) ? () => undefined : measured;
  const components = componentsOf(o).map(({ measures, ...part }, index) => ({
    ...part,
    key: measures ? keyOf(measures) : JSON.stringify([text(o['id']), index, 'unnamed']),
  }));
  const parts = [{ key: undefined, name: undefined, holder: o }, ...components].map((part) => ({
    ...part,
    found: value(part.holder),
  }));
  return { observation: o, label, at, date, parts };
}

/**
 * Returns the dated results by test: those of the same measurand, specimen, body site, method and
 * group, such as the germ. Leaves out withdrawn and cancelled results, and those about another
 * person.
 */
export function resultsOfTests(
  observations: readonly unknown[],
  groups: Groups,
): readonly TestResults[] {
  const all = observations.map(record).flatMap((o) => {
    const measures = measurand(o);
    return measures ? [{ o, measures, ...circumstances(o, measures, groups) }] : [];
  });
  const partKey = keysOf(all.flatMap(({ o }) => componentsOf(o).flatMap((c) => c.measures ?? [])));
  const wholeKey = keysOf(all.map(({ measures }) => measures));
  const tests = new Map<string, Omit<TestResults, 'results'> & { readonly results: Result[] }>();
  for (const { o, ...test } of all) {
    const result = resultOf(o, groups, partKey);
    if (!result) continue;
    const key = JSON.stringify([wholeKey(test.measures), test.place, test.sample, test.unnamed]);
    const known = tests.get(key) ?? { ...test, key, results: [] };
    known.results.push(result);
    tests.set(key, known);
  }
  return [...tests.values()];
}

/** Whether results of another test may be of this one: they share a code, or all of their words. */
export const isKin = (test: TestResults, other: TestResults): boolean =>
  test.place === other.place &&
  (test.sample === other.sample || test.unnamed || other.unnamed) &&
  (test.measures.codes.some((token) => other.measures.codes.includes(token)) ||
    (test.measures.words !== '' && test.measures.words === other.measures.words));
