import { conceptText } from '#fhir/values/coding.ts';
import { records, record, text, type Json } from '#lib/narrow.ts';

/** HL7's abbreviations, under the addresses of R4, of STU3 and of CDA. */
const SYSTEM = /\/v3[-/]GTSAbbreviation$|:2\.16\.840\.1\.113883\.5\.1022$/;

const times = (frequency: number, period: number, periodUnit: string): Json => ({
  frequency,
  period,
  periodUnit,
});
const at = (event: string): Json => ({ ...times(1, 1, 'd'), when: [event] });

/**
 * What a code says, as `Timing.repeat` says it.
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

/** Whether a concept has no words but its code: "MO" is read as Monday, and is every month. */
export function isBareCode(code: unknown): boolean {
  const words = conceptText(code);
  return words !== undefined && codings(code).some((coding) => text(coding['code']) === words);
}

/** What an abbreviation says, as `Timing.repeat`; one of another system may mean anything. */
export function repeatOfCode(code: unknown): Json | undefined {
  return codings(code)
    .filter(({ system }) => system === undefined || SYSTEM.test(text(system) ?? ''))
    .map((coding) => REPEATS.get(text(coding['code']) ?? ''))
    .find((repeat) => repeat !== undefined);
}
