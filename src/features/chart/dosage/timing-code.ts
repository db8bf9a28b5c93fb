import { conceptText } from '#fhir/values/coding.ts';
import { records, record, text, type Json } from '#lib/narrow.ts';

/** Code systems of HL7's timing abbreviations in R4, STU3 and CDA. */
const SYSTEM = /\/v3[-/]GTSAbbreviation$|:2\.16\.840\.1\.113883\.5\.1022$/;

const times = (frequency: number, period: number, periodUnit: string): Json => ({
  frequency,
  period,
  periodUnit,
});
const at = (event: string): Json => ({ ...times(1, 1, 'd'), when: [event] });

/**
 * Meaning of each code as a `Timing.repeat`.
 *
 * @see https://hl7.org/fhir/R4/valueset-timing-abbreviation.html
 */
const REPEATS: ReadonlyMap<string, Json> = new Map([
  ['BID', times(2, 1, 'd')],
  ['TID', times(3, 1, 'd')],
  ['QID', times(4, 1, 'd')],
  ['AM', at('MORN')],
  ['PM', at('AFT')],
  ['BED', at('HS')],
  ['QD', times(1, 1, 'd')],
  ['QOD', times(1, 2, 'd')],
  ...[1, 2, 3, 4, 6, 8].map((n) => [`Q${n}H`, times(1, n, 'h')] as const),
  ['WK', times(1, 1, 'wk')],
  ['MO', times(1, 1, 'mo')],
]);

const codings = (code: unknown): readonly Json[] => records(record(code)['coding']);

/** Whether a concept has no text but its code: "MO" means every month, but is read as Monday. */
export function isBareCode(code: unknown): boolean {
  const words = conceptText(code);
  return words !== undefined && codings(code).some((coding) => text(coding['code']) === words);
}

/**
 * Returns the meaning of an abbreviation as `Timing.repeat`; undefined for a code of another
 * system, which may mean anything.
 */
export function repeatOfCode(code: unknown): Json | undefined {
  return codings(code)
    .filter(({ system }) => system === undefined || SYSTEM.test(text(system) ?? ''))
    .map((coding) => REPEATS.get(text(coding['code']) ?? ''))
    .find((repeat) => repeat !== undefined);
}
