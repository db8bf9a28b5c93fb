import { withoutReasons } from '#fhir/values/absent-reason.ts';
import { bodySites } from '#fhir/values/body-site.ts';
import { codedTexts } from '#fhir/coded/coded-text.ts';
import { isModified } from '#fhir/caveats/modifiers.ts';
import { focusTexts } from '#fhir/observation/observation-focus.ts';
import type { Groups } from '#fhir/observation/observation-groups.ts';
import { specimenText } from '#fhir/values/specimen.ts';
import { unitKey } from '#fhir/values/unit-key.ts';
import { choiceDate, shownUnit } from '#fhir/values/values.ts';
import { listText } from '#i18n/list.ts';
import { number, record, records, text, type Json } from '#lib/narrow.ts';
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

/**
 * Returns a key for a code. Two systems may use one code for different tests, so a code without a
 * system is told apart by its text.
 */
function codeKey(o: Json, words: string | undefined): readonly unknown[] {
  const codings = records(withoutReasons(o['code'])['coding']);
  const coding = codings.find((c) => text(c['code']) !== undefined);
  return [text(coding?.['system']) ?? words, text(coding?.['code'])];
}

/** Returns the components of a result with keys from their codes. */
function componentsOf(o: Json): readonly Omit<Part, 'found'>[] {
  const all = records(o['component']).map((holder, index) => {
    const name = testName(holder['code']);
    const unnamed = [text(o['id']), index, 'unnamed'];
    return { key: JSON.stringify(name ? codeKey(holder, name) : unnamed), name, holder };
  });
  // Components with the same code, such as lying and standing, are told apart by their text.
  return all.map((one) =>
    all.some(({ key, name }) => key === one.key && name !== one.name)
      ? { ...one, key: `${one.key}${one.name}` }
      : one,
  );
}

/**
 * Returns the dated results by test: those of the same code, specimen, body site, method and group,
 * such as the germ. Leaves out withdrawn and cancelled results, and those about another person.
 */
export function resultsOfTests(
  observations: readonly unknown[],
  groups: Groups,
): ReadonlyMap<string, readonly Result[]> {
  const tests = new Map<string, Result[]>();
  for (const o of observations.map(record)) {
    const date = choiceDate(o, 'effective') ?? text(o['issued']);
    const at = Date.parse(date ?? '');
    const what = testName(o['code']);
    if (what === undefined || date === undefined || Number.isNaN(at)) continue;
    if (o['status'] === 'entered-in-error' || o['status'] === 'cancelled') continue;
    if (focusTexts(o).length > 0) continue;
    // Results of the right and the left eye, or of mouth and ear, must not be mixed.
    const where = [...bodySites(o), specimenText(o), ...codedTexts(o['method'])].filter(
      (words) => words !== undefined,
    );
    const group = groups.keyOf(o);
    // The group becomes part of the name only where it tells two tests apart.
    const origins = group === '' ? [] : groups.originsOf(o).map(({ words }) => words);
    const label = listText([what, ...where, ...origins.filter((words) => words !== undefined)]);
    // The meaning of a value with an unknown modifier is unknown.
    const value = isModified(o) ? () => undefined : measured;
    const whole = { key: undefined, name: undefined, holder: o };
    const parts = [whole, ...componentsOf(o)].map((part) => ({
      ...part,
      found: value(part.holder),
    }));
    const test = JSON.stringify([codeKey(o, what), where, group]);
    const results = tests.get(test) ?? [];
    results.push({ observation: o, label, at, date, parts });
    tests.set(test, results);
  }
  return tests;
}
