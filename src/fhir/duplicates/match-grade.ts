import type { Patient } from 'fhir/r4';
import { list, record, records } from '#lib/narrow.ts';
import { readPage } from '../client/bundle.ts';
import type { Stored } from '../types.ts';

/**
 * How certain a server is that a candidate is the same person.
 *
 * @see https://hl7.org/fhir/R4/valueset-match-grade.html
 */
export type MatchGrade = 'certain' | 'probable' | 'possible';

const EXTENSION = 'http://hl7.org/fhir/StructureDefinition/match-grade';
const GRADES: readonly unknown[] = ['certain', 'probable', 'possible'];

export interface Matches {
  readonly patients: readonly Stored<Patient>[];
  /** Grades by patient id; undefined if the server sends neither a grade nor a score. */
  readonly grades: ReadonlyMap<string, MatchGrade | undefined>;
}

/** Returns the grade for a score of 0 to 1, for servers that send only a score. */
function byScore(score: unknown): MatchGrade | undefined {
  if (typeof score !== 'number') return undefined;
  if (score >= 0.99) return 'certain';
  return score >= 0.7 ? 'probable' : 'possible';
}

/**
 * Reads the candidates of a `$match` in the server's order, with grades (R4 Patient/$match, `out`).
 * Leaves out a candidate that is graded as certainly another person.
 *
 * @param body the searchset Bundle
 * @param baseUrl base of the server that sent it
 */
export function readMatches(body: unknown, baseUrl: string): Matches {
  const { items } = readPage<Patient>(body, { baseUrl, type: 'Patient', current: baseUrl });
  const grades = new Map<string, MatchGrade | undefined>();
  const others = new Set<unknown>();
  for (const entry of list(record(body)['entry'])) {
    const { id } = record(record(entry)['resource']);
    const search = record(record(entry)['search']);
    const code = records(search['extension']).find((e) => e['url'] === EXTENSION)?.['valueCode'];
    if (code === 'certainly-not') others.add(id);
    const grade = GRADES.includes(code) ? (code as MatchGrade) : byScore(search['score']);
    if (typeof id === 'string' && !grades.has(id)) grades.set(id, grade);
  }
  return {
    patients: items.filter(({ id }) => !others.has(id)),
    grades: new Map([...grades].filter(([id]) => !others.has(id))),
  };
}
