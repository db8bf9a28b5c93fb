import type { CodeableConcept } from 'fhir/r4';
import { conceptText } from '#fhir/values/coding.ts';
import { record, records, text } from '#lib/narrow.ts';

/** Code systems that the form writes. */
export const SYSTEM = {
  identifierType: 'http://terminology.hl7.org/CodeSystem/v2-0203',
  maritalStatus: 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus',
  nullFlavor: 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor',
  contactRole: 'http://terminology.hl7.org/CodeSystem/v2-0131',
  language: 'urn:ietf:bcp:47',
} as const;

/** R4 value sets that the form offers. The words for them are in the catalogue. */
export const GENDERS = ['female', 'male', 'other', 'unknown'] as const;
export const NAME_USES = [
  'official',
  'usual',
  'nickname',
  'maiden',
  'old',
  'temp',
  'anonymous',
] as const;
export const IDENTIFIER_USES = ['usual', 'official', 'temp', 'secondary', 'old'] as const;
export const IDENTIFIER_TYPES = ['MR', 'NI', 'SS', 'DL', 'PPN', 'HC', 'PI'] as const;
export const TELECOM_SYSTEMS = ['phone', 'email', 'sms', 'fax', 'url', 'pager', 'other'] as const;
export const TELECOM_USES = ['home', 'work', 'mobile', 'temp', 'old'] as const;
export const ADDRESS_USES = ['home', 'work', 'temp', 'old', 'billing'] as const;
export const CONTACT_ROLES = ['C', 'E', 'F', 'I', 'N', 'S', 'U'] as const;
export const MARITAL_STATUSES = ['A', 'D', 'I', 'L', 'M', 'P', 'S', 'T', 'U', 'W', 'UNK'] as const;
export const LANGUAGES = [
  'ar',
  'bn',
  'cs',
  'da',
  'de',
  'el',
  'en',
  'es',
  'fa',
  'fi',
  'fr',
  'gu',
  'he',
  'hi',
  'hu',
  'it',
  'ja',
  'ko',
  'nl',
  'no',
  'pa',
  'pl',
  'ps',
  'pt',
  'ro',
  'ru',
  'so',
  'sv',
  'ta',
  'th',
  'tr',
  'uk',
  'ur',
  'vi',
  'zh',
] as const;

/** A concept without a code is told from the others by its text. */
const TEXT = 'text:';

/** A table of HL7 by its name, also where an older release of FHIR put it: `v2/0203`. */
const table = (system: string): string => system.replace(/^.*\/(v[23])[-/](?=[^/]+$)/, '$1-');

/**
 * The value that a select holds for a concept: its code, else its text. A code of another system
 * keeps its system beside it: `A` is annulled in one and separated in another.
 *
 * @param system that of the codes which the select offers; none where any code means the same
 */
export function conceptKey(concept: unknown, system?: string): string {
  const codings = records(record(concept)['coding']).flatMap((coding) => {
    const [code, of] = [text(coding['code']), text(coding['system'])];
    const own =
      !system ||
      !of ||
      table(of) === table(system) ||
      (of === SYSTEM.nullFlavor && system === SYSTEM.maritalStatus);
    return code ? [{ key: own ? code : `${of}|${code}`, own }] : [];
  });
  const chosen = codings.find(({ own }) => own) ?? codings[0];
  if (chosen) return chosen.key;
  const words = conceptText(concept);
  return words ? `${TEXT}${words}` : '';
}

/** A concept for a key that was chosen in a select. */
export function keyConcept(key: string, system: string): CodeableConcept | undefined {
  if (!key) return undefined;
  if (key.startsWith(TEXT)) return { text: key.slice(TEXT.length) };
  const from = key === 'UNK' && system === SYSTEM.maritalStatus ? SYSTEM.nullFlavor : system;
  return { coding: [{ system: from, code: key }] };
}

/** Two-digit months, as a FHIR date has them. */
export const MONTHS = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'];
