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

/** Codes of R4 value sets that the form offers. Their labels are in the message catalogue. */
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

/** Prefix of the select value of a concept that has text only. */
const TEXT = 'text:';

/** Returns the name of an HL7 v2 or v3 code system (`v2-0203`) from its URL in any FHIR release. */
const table = (system: string): string => system.replace(/^.*\/(v[23])[-/](?=[^/]+$)/, '$1-');

/**
 * Returns the select value of a concept: its code, else its text. A code of another system is
 * prefixed with its system, because `A` means annulled in one system and separated in another.
 *
 * @param system code system of the select's options; undefined if codes mean the same in any system
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

/** Returns the concept for a select value, see {@link conceptKey}; undefined for an empty value. */
export function keyConcept(key: string, system: string): CodeableConcept | undefined {
  if (!key) return undefined;
  if (key.startsWith(TEXT)) return { text: key.slice(TEXT.length) };
  const from = key === 'UNK' && system === SYSTEM.maritalStatus ? SYSTEM.nullFlavor : system;
  return { coding: [{ system: from, code: key }] };
}

/** Two-digit months, as in a FHIR date. */
export const MONTHS = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'];
