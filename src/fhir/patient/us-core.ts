import { record, records, text, type Json } from '#lib/narrow.ts';
import { codingText, conceptText } from '../values/coding.ts';

/** The codes by which US Core says why a value is missing. */
const NULL_FLAVORS = ['UNK', 'ASKU', 'OTH'] as const;
const NULL_FLAVOR = 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor';

type NullFlavor = (typeof NULL_FLAVORS)[number];

interface BackgroundValue {
  readonly text: string;
  /** Set if the text is only a code that the app can put into words. */
  readonly code?: NullFlavor;
}

/** Race, ethnicity or tribe of a patient, as US Core records them. */
export interface Background {
  readonly kind: 'race' | 'ethnicity' | 'tribe';
  /** The recorded text. */
  readonly said?: string;
  /** The categories that the text does not already name. */
  readonly values: readonly BackgroundValue[];
  /** Whether the person is enrolled in the tribe, if recorded. */
  readonly enrolled?: boolean;
  /** The extension that holds the value, and may have its own security label. */
  readonly source: Json;
}

const BASE = 'http://hl7.org/fhir/us/core/StructureDefinition/';

const KINDS: ReadonlyMap<unknown, Background['kind']> = new Map([
  [`${BASE}us-core-race`, 'race'],
  [`${BASE}us-core-ethnicity`, 'ethnicity'],
  [`${BASE}us-core-tribal-affiliation`, 'tribe'],
]);

/** The parts of an extension that hold a category, broader ones first. */
const CATEGORIES = ['tribalAffiliation', 'ombCategory', 'detailed'];

function valueOf(part: Json): BackgroundValue | undefined {
  const coding = record(part['valueCoding']);
  const shown = conceptText(part['valueCodeableConcept']) ?? codingText(coding);
  if (shown === undefined) return undefined;
  const code = NULL_FLAVORS.find((flavor) => flavor === shown && coding['system'] === NULL_FLAVOR);
  return { text: shown, ...(code && { code }) };
}

/**
 * Returns race, ethnicity and tribes of a Patient, one entry per extension. It never throws.
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
