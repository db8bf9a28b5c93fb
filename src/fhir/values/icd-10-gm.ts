import { record, records, text } from '#lib/narrow.ts';

const SIDES = ['L', 'R', 'B'] as const;
const CERTAINTIES = ['A', 'V', 'Z', 'G'] as const;

/** The qualifiers that German records add to a code of ICD-10-GM or OPS. */
export interface IcdQualifiers {
  /** Side: L left, R right, B both. */
  readonly side: (typeof SIDES)[number] | undefined;
  /** Certainty: A excluded, V suspected, Z state after, G confirmed. */
  readonly certainty: (typeof CERTAINTIES)[number] | undefined;
}

/**
 * Returns side and certainty of a German diagnosis. They are extensions of its coding, because the
 * letters belong to the code (`S72.0 L`, `I21.9 A`). The side is not recorded anywhere else.
 *
 * @see http://fhir.de/StructureDefinition/seitenlokalisation
 * @see http://fhir.de/StructureDefinition/icd-10-gm-diagnosesicherheit
 */
export function icdQualifiers(concept: unknown): IcdQualifiers {
  const extensions = records(record(concept)['coding']).flatMap((c) => records(c['extension']));
  const find = <Code extends string>(end: string, codes: readonly Code[]): Code | undefined => {
    const said = extensions
      .filter(({ url }) => text(url)?.endsWith(end))
      .map((e) => record(e['valueCoding'])['code']);
    return codes.find((code) => said.includes(code));
  };
  return {
    side: find('/seitenlokalisation', SIDES),
    certainty: find('/icd-10-gm-diagnosesicherheit', CERTAINTIES),
  };
}
