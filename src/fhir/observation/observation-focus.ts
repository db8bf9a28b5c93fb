import { record, records, text, type Json } from '#lib/narrow.ts';
import { conceptText } from '../values/coding.ts';
import { referenceIn } from '../values/contained.ts';

/** The R4 extension that holds the focus of an Observation as a CodeableConcept. */
const CODE = 'http://hl7.org/fhir/StructureDefinition/observation-focusCode';

const target = (reference: Json): string | undefined =>
  text(reference['reference'])?.replace(/\/_history\/.*$/, '');

/** Whether two references name the same record, with or without the server's base. */
function same(a: Json, b: Json): boolean {
  const [x, y] = [target(a), target(b)];
  return (
    x !== undefined && y !== undefined && (x === y || x.endsWith(`/${y}`) || y.endsWith(`/${x}`))
  );
}

/**
 * Returns the focus of an Observation if it is not the subject: a mother, a donor, a fetus, an
 * implant. Such a result is in the patient's record, but was not measured in the patient. An item
 * is undefined if the focus has no text.
 *
 * @see https://hl7.org/fhir/R4/observation-definitions.html#Observation.focus
 */
export function focusTexts(observation: unknown): readonly (string | undefined)[] {
  const o = record(observation);
  const others = records(o['focus']).filter((focus) => !same(focus, record(o['subject'])));
  const coded = records(o['extension']).filter(({ url }) => url === CODE);
  return [
    ...others.map((focus) => referenceIn(o, focus)),
    ...coded.map((e) => conceptText(e['valueCodeableConcept'])),
  ];
}
