import { text, type Json } from '#lib/narrow.ts';
import { unitText } from './units.ts';

const UCUM = 'http://unitsofmeasure.org';

/**
 * What tells two units apart: the code where there is one, for `unit` is how somebody typed it
 * (https://hl7.org/fhir/R4/datatypes.html#Quantity). A unit that is only typed is that of UCUM
 * which is written so.
 */
export function unitKey(quantity: Json): string | undefined {
  const [system, code] = [text(quantity['system']), text(quantity['code'])];
  // A code without a system may be anything: what was typed says more.
  if (system === undefined || code === undefined) {
    return unitText(text(quantity['unit']) ?? code);
  }
  return system === UCUM ? unitText(code) : `${system}|${code}`;
}
