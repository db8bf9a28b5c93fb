import { say } from '#i18n/language.ts';
import { list, record, records, text, type Json } from '#lib/narrow.ts';
import { conceptText } from '../values/coding.ts';
import { messages } from './messages.ts';

/**
 * Names of code systems as clinicians know them.
 *
 * @see https://hl7.org/fhir/R4/terminologies-systems.html
 */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['http://snomed.info/sct', 'SNOMED CT'],
  ['urn:oid:2.16.840.1.113883.6.96', 'SNOMED CT'],
  ['http://loinc.org', 'LOINC'],
  ['urn:oid:2.16.840.1.113883.6.1', 'LOINC'],
  ['http://www.nlm.nih.gov/research/umls/rxnorm', 'RxNorm'],
  ['urn:oid:2.16.840.1.113883.6.88', 'RxNorm'],
  ['urn:oid:2.16.840.1.113883.12.292', 'CVX'],
  ['urn:oid:2.16.840.1.113883.6.69', 'NDC'],
  ['urn:oid:2.16.840.1.113883.6.3', 'ICD-10'],
  ['urn:oid:2.16.840.1.113883.6.90', 'ICD-10-CM'],
  ['urn:oid:2.16.840.1.113883.6.103', 'ICD-9-CM'],
  ['http://www.cms.gov/Medicare/Coding/ICD10', 'ICD-10-PCS'],
  ['http://id.who.int/icd/release/11/mms', 'ICD-11'],
  ['http://www.ama-assn.org/go/cpt', 'CPT'],
  ['http://www.whocc.no/atc', 'ATC'],
  ['https://dmd.nhs.uk', 'dm+d'],
  ['http://standardterms.edqm.eu', 'EDQM'],
]);

/** Matches HL7's URLs for systems without their own, and German ones: both end with the name. */
const NAMED_BY_ADDRESS = /^http:\/\/(?:hl7\.org\/fhir\/sid|fhir\.de\/CodeSystem\/\w+)\/([\w-]+)$/;

const systemName = (system: string): string | undefined =>
  NAMES.get(system) ?? NAMED_BY_ADDRESS.exec(system)?.[1]?.toUpperCase();

/** Returns a code with its system. A bare number would look like a dose or a result. */
function named(coding: Json, code: string): string {
  const system = systemName(text(coding['system']) ?? '');
  if (system !== undefined) return `${system} ${code}`;
  return /\d/.test(code) ? say(messages, 'code', { code }) : code;
}

/**
 * Returns the {@link conceptText} of a CodeableConcept. If that is only a code, the name of its
 * system is added: `CVX 207`. SMART Health Cards, for example, have no displays:
 * https://spec.smarthealth.cards/#health-cards-are-small
 */
export function codedText(concept: unknown): string | undefined {
  const words = conceptText(concept);
  const coding = records(record(concept)['coding']).find(({ code }) => text(code) === words);
  return words !== undefined && coding ? named(coding, words) : words;
}

/** Returns the {@link codedText} of each CodeableConcept in a list, without repeats. */
export const codedTexts = (concepts: unknown): readonly string[] => [
  ...new Set(
    list(concepts)
      .map(codedText)
      .filter((words) => words !== undefined),
  ),
];
