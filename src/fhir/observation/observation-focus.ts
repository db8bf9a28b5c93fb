import { record, records, text, type Json } from '#lib/narrow.ts';
import { conceptText } from '../values/coding.ts';
import { referenceIn } from '../values/contained.ts';

/** R4, of `focus`: whom or what an Observation is about, as a concept. */
const CODE = 'http://hl7.org/fhir/StructureDefinition/observation-focusCode';

const target = (reference: Json): string | undefined =>
  text(reference['reference'])?.replace(/\/_history\/.*$/, '');

/** Whether two references name the same: one may stand with the server's base, one without. */
function same(a: Json, b: Json): boolean {
  const [x, y] = [target(a), target(b)];
  return (
    x !== undefined && y !== undefined && (x === y || x.endsWith(`/${y}`) || y.endsWith(`/${x}`))
  );
}

/**
 * Whom or what an Observation is about, where that is not its subject: a mother, a donor, a fetus,
 * an implant. Such a result is in the patient's record, but it is not the patient's. Undefined for
 * one that has no words.
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
