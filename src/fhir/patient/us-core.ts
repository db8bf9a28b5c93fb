import { record, records, text, type Json } from '#lib/narrow.ts';
import { codingText, conceptText } from '../values/coding.ts';

/** Why there is no value, as US Core says it. */
const NULL_FLAVORS = ['UNK', 'ASKU', 'OTH'] as const;
const NULL_FLAVOR = 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor';

type NullFlavor = (typeof NULL_FLAVORS)[number];

interface BackgroundValue {
  readonly text: string;
  /** Where the text is no more than a code, one for which there are words. */
  readonly code?: NullFlavor;
}

/** What US Core records of where a person comes from. */
export interface Background {
  readonly kind: 'race' | 'ethnicity' | 'tribe';
  /** In the words of the person or the author. */
  readonly said?: string;
  /** The categories that these do not name already. */
  readonly values: readonly BackgroundValue[];
  /** Of a tribe, where it is recorded. */
  readonly enrolled?: boolean;
  /** The element that says so: it may carry a label of its own. */
  readonly source: Json;
}

const BASE = 'http://hl7.org/fhir/us/core/StructureDefinition/';

const KINDS: ReadonlyMap<unknown, Background['kind']> = new Map([
  [`${BASE}us-core-race`, 'race'],
  [`${BASE}us-core-ethnicity`, 'ethnicity'],
  [`${BASE}us-core-tribal-affiliation`, 'tribe'],
]);

/** The parts with a category, the coarser ones first. */
const CATEGORIES = ['tribalAffiliation', 'ombCategory', 'detailed'];

function valueOf(part: Json): BackgroundValue | undefined {
  const coding = record(part['valueCoding']);
  const shown = conceptText(part['valueCodeableConcept']) ?? codingText(coding);
  if (shown === undefined) return undefined;
  const code = NULL_FLAVORS.find((flavor) => flavor === shown && coding['system'] === NULL_FLAVOR);
  return { text: shown, ...(code && { code }) };
}

/**
 * Race, ethnicity and tribes of a Patient, each extension by itself. Total.
 *
 * @see https://hl7.org/fhir/us/core/StructureDefinition-us-core-race.html
 * @see https://hl7.org/fhir/us/core/StructureDefinition-us-core-ethnicity.html
 * @see https://hl7.org/fhir/us/core/StructureDefinition-us-core-tribal-affiliation.html
 */
export function backgrounds(patient: unknown): readonly Background[] {
  return records(record(patient)['extension']).flatMap((source): Background[] => {
    const kind = KINDS.get(source['url']);
    if (!kind) return [];
    const parts = records(source['extension']);
    const named = (name: string): readonly Json[] => parts.filter(({ url }) => url === name);
    const said = named('text')
      .map((part) => text(part['valueString']))
      .find(Boolean);
    const known = new Set([said?.toLowerCase()]);
    const values = CATEGORIES.flatMap(named).flatMap((part) => {
      const value = valueOf(part);
      if (!value || known.has(value.text.toLowerCase())) return [];
      known.add(value.text.toLowerCase());
      return [value];
    });
    if (!said && values.length === 0) return [];
    const enrolled = parts.find((p) => p['url'] === 'isEnrolled')?.['valueBoolean'];
    return [
      {
        kind,
        ...(said && { said }),
        values,
        ...(typeof enrolled === 'boolean' && { enrolled }),
        source,
      },
    ];
  });
}
