import { conceptText } from '#fhir/coding.ts';
import { records, record, text } from '#lib/narrow.ts';
import { messages, type T } from './messages.ts';

/**
 * The code systems of an encounter whose codes servers send without a display, by the beginning of
 * the messages that have their words; the second name of each is that of STU3.
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
} as const;

/**
 * A concept in its own words, and where it has none but a code of a system known here, in ours: the
 * same letters of another system mean something else.
 */
export function codedWords(concept: unknown, kind: keyof typeof SYSTEMS, t: T): string | undefined {
  const shown = conceptText(concept);
  const known = records(record(concept)['coding']).some(({ code, system }) => {
    const ours = system === undefined || SYSTEMS[kind].some((name) => name === text(system));
    return ours && code === shown;
  });
  const id = `${kind}.${shown}`;
  return known && Object.hasOwn(messages.en, id) ? t(id as Parameters<T>[0]) : shown;
}
