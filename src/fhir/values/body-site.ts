import { list, record, records, text } from '#lib/narrow.ts';
import { codedText } from '../coded/coded-text.ts';

/**
 * Extensions in which mCODE records side and location of a body site.
 *
 * @see https://hl7.org/fhir/us/mcode/StructureDefinition-mcode-laterality-qualifier.html
 */
const QUALIFIER = /\/mcode-(?:laterality|body-location)-qualifier$/;

/** Returns the body sites of a record as text, each with its side, without repeats. */
export function bodySites(holder: unknown): readonly string[] {
  const sites = list(record(holder)['bodySite']).map((site) => {
    const qualifiers = records(record(site)['extension'])
      .filter(({ url }) => QUALIFIER.test(text(url) ?? ''))
      .map((e) => codedText(e['valueCodeableConcept']));
    return [codedText(site), ...qualifiers].filter(Boolean).join(', ');
  });
  return [...new Set(sites.filter(Boolean))];
}
