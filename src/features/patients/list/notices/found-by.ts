import type { Patient } from 'fhir/r4';
import { displayName } from '#fhir/patient/names.ts';
import type { SearchParams } from '#fhir/types.ts';
import { normaliseForMatch } from '#lib/similarity.ts';

/** Matches the search parameters for names, with or without a modifier (FHIR R4 §8.1.3). */
const NAMES = /^(?:name|family|given)(?::|$)/;

const wordsOf = (params: SearchParams): readonly string[] =>
  Object.entries(params)
    .filter(([name]) => NAMES.test(name))
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
    .flatMap((value) => String(value ?? '').split(/[\s,]+/))
    .map(normaliseForMatch)
    .filter(Boolean);

/**
 * Returns the former names and the nickname by which a search matched a patient whose displayed
 * name differs. Without them the list would seem to contain patients who were not searched for.
 *
 * @param params the search parameters that were sent
 */
export function foundBy(
  patient: Patient,
  params: SearchParams,
): { readonly former: readonly string[]; readonly nickname: string | undefined } {
  const asked = wordsOf(params);
  if (asked.length === 0) return { former: [], nickname: undefined };
  const { text, preferred, previous, nickname } = displayName(patient);
  const shown = [text, preferred].map((name) => normaliseForMatch(name ?? ''));
  const words = asked.filter((word) => !shown.some((name) => name.includes(word)));
  const has = (name: string): boolean =>
    words.some((word) => normaliseForMatch(name).includes(word));
  return {
    former: previous.filter(has),
    nickname: nickname !== undefined && has(nickname) ? nickname : undefined,
  };
}
