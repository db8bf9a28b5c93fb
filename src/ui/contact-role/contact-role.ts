import { conceptText } from '#fhir/values/coding.ts';
import { say } from '#i18n/language.ts';
import { list, record, records, text } from '#lib/narrow.ts';
import { messages } from './messages.ts';

/** Matches HL7's table of contact roles, under its URLs in R4 and STU3. */
const TABLE = /\/v2[-/]0131$/;

/**
 * Returns the roles of a contact person, without duplicates: as recorded, or translated if only a
 * letter code is recorded.
 *
 * @param relationship of `Patient.contact`
 * @see https://hl7.org/fhir/R4/valueset-patient-contactrelationship.html
 */
export function contactRoles(relationship: unknown): readonly string[] {
  const words = list(relationship).map((concept) => {
    const said = conceptText(concept);
    const letter = records(record(concept)['coding']).some(
      ({ system, code }) => text(code) === said && TABLE.test(text(system) ?? ''),
    );
    const id = `role.${said}`;
    return letter && Object.hasOwn(messages.en, id) ? say(messages, id as RoleId) : said;
  });
  return [...new Set(words.filter((word) => word !== undefined))];
}

type RoleId = keyof (typeof messages)['en'];
