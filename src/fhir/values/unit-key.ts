import { text, type Json } from '#lib/narrow.ts';
import { unitText } from './units.ts';

const UCUM = 'http://unitsofmeasure.org';

/**
 * Returns a key that is equal for equal units: the code if there is one, because `unit` is free
 * text (https://hl7.org/fhir/R4/datatypes.html#Quantity). A unit without a code is compared with
 * UCUM codes by its spelling.
 */
export function unitKey(quantity: Json): string | undefined {
  const [system, code] = [text(quantity['system']), text(quantity['code'])];
  // A code without a system can mean anything, so the typed unit has priority.
  if (system === undefined || code === undefined) {
    return unitText(text(quantity['unit']) ?? code);
  }
  return system === UCUM ? unitText(code) : `${system}|${code}`;
}
