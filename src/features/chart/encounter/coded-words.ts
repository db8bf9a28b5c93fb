import { codedText } from '#fhir/coded/coded-text.ts';
import { conceptText } from '#fhir/values/coding.ts';
import { records, record, text } from '#lib/narrow.ts';
import { messages, type T } from './messages.ts';

/**
 * Code systems of encounters whose codes servers send without a display, by the prefix of the
 * message ids that translate their codes. The second URL is the one of STU3.
 */
const SYSTEMS = {
  class: ['http://terminology.hl7.org/CodeSystem/v3-ActCode', 'http://hl7.org/fhir/v3/ActCode'],
  role: [
    'http://terminology.hl7.org/CodeSystem/v3-ParticipationType',
    'http://hl7.org/fhir/v3/ParticipationType',
  ],
  diagnosisUse: [
    'http://terminology.hl7.org/CodeSystem/diagnosis-role',
    'http://hl7.org/fhir/diagnosis-role',
  ],
  priority: ['http://terminology.hl7.org/CodeSystem/v3-ActPriority'],
  admission: [
    'http://terminology.hl7.org/CodeSystem/admit-source',
    'http://hl7.org/fhir/admit-source',
  ],
  discharge: [
    'http://terminology.hl7.org/CodeSystem/discharge-disposition',
    'http://hl7.org/fhir/discharge-disposition',
  ],
  again: ['http://terminology.hl7.org/CodeSystem/v2-0092'],
} as const;

/**
 * HL7's displays of its encounter classes. They are translated, too, so that one class does not
 * have two names in a list.
 */
const OWN: ReadonlyMap<unknown, string> = new Map([
  ['AMB', 'ambulatory'],
  ['EMER', 'emergency'],
  ['FLD', 'field'],
  ['HH', 'home health'],
  ['IMP', 'inpatient encounter'],
  ['ACUTE', 'inpatient acute'],
  ['NONAC', 'inpatient non-acute'],
  ['OBSENC', 'observation encounter'],
  ['PRENC', 'pre-admission'],
  ['SS', 'short stay'],
  ['VR', 'virtual'],
]);

/**
 * Returns the text of a concept. If it has only a code of a system in `SYSTEMS`, or HL7's display
 * of that code, the text is translated; the same code of another system means something else.
 */
export function codedWords(concept: unknown, kind: keyof typeof SYSTEMS, t: T): string | undefined {
  const shown = conceptText(concept);
  const known = records(record(concept)['coding']).find(({ code, system }) => {
    const ours = system === undefined || SYSTEMS[kind].some((name) => name === text(system));
    const own = kind === 'class' && OWN.get(code) === shown?.toLowerCase();
    return ours && shown !== undefined && (code === shown || own);
  });
  const id = `${kind}.${text(known?.['code'])}`;
  return Object.hasOwn(messages.en, id) ? t(id as Parameters<T>[0]) : codedText(concept);
}
