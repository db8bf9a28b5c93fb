import { isPlain, plainForms, plainReadings } from '#fhir/search/search-plain.ts';
import { readSearchText, type Reading } from '#fhir/search/search-text.ts';
import type { SearchParams } from '#fhir/types.ts';
import { recall, remember } from '#session/tab-storage/storage.ts';
import type { Criteria } from '../query/criteria.ts';

/** Returns the key that identifies a reading among all readings of the box. */
export function readingKey({ kinds, birthDate, params }: Reading): string {
  const names = [params['family'], params['given']].filter((name) => name !== undefined);
  return [...kinds, birthDate ?? '', ...names].join(' ');
}

/** The readings of the text in the search box. */
export interface BoxReadings {
  /** The reading to search by; undefined if nothing was typed or the user must choose first. */
  readonly chosen: Reading | undefined;
  readonly others: readonly Reading[];
  /** True if a date is ambiguous or does not exist and the user has not chosen a reading. */
  readonly ask: boolean;
  /** A typed date that does not exist. */
  readonly impossibleDate: string | undefined;
}

const PLAINLY = 'plainly';

/** Makes the searches of this session use the plainest form, as its server accepts no other. */
export const searchPlainly = (): void => remember(PLAINLY, true);
const isPlainly = (): boolean =>
  recall(PLAINLY, (value): value is true => value === true) !== undefined;

/** Returns readings in plain forms: all forms of the best one, so that names can be swapped. */
const inPlainForms = (readings: readonly Reading[]): readonly Reading[] =>
  readings.flatMap((reading, at) => {
    const forms = plainReadings(reading);
    return forms.length === 0 ? [reading] : forms.slice(0, at === 0 ? undefined : 1);
  });

/**
 * Reads the text of the search box. If the server is known to refuse other forms, the readings are
 * in plain forms only (`searchPlainly`).
 */
export function readBox(criteria: Criteria): BoxReadings {
  const { readings: usual, ask, impossibleDate } = readSearchText(criteria.text ?? '');
  const find = (list: readonly Reading[]) => list.find((r) => readingKey(r) === criteria.as);
  const plain = inPlainForms(usual);
  const readings = isPlainly() || (!find(usual) && find(plain)) ? plain : usual;
  const picked = find(readings);
  const chosen = picked ?? (ask ? undefined : readings[0]);
  return {
    chosen,
    others: readings.filter((r) => r !== chosen),
    ask: ask && !picked,
    impossibleDate,
  };
}

const plainParams = (params: SearchParams): SearchParams | undefined =>
  isPlain(params) ? params : plainForms(params)[0];

/** Returns a plainer search to send after a refusal; undefined if there is none. */
export function plainer(criteria: Criteria): Criteria | undefined {
  const { text = '', as, read = {}, asked = {} } = criteria;
  const filters = plainParams(asked);
  if (!filters || (isPlain(read) && filters === asked)) return undefined;
  const { readings } = readSearchText(text);
  const reading = readings.find((r) => readingKey(r) === as) ?? readings[0];
  const plain = isPlain(read) || !reading ? undefined : plainReadings(reading)[0];
  if (!plain && !isPlain(read)) return undefined;
  return {
    ...criteria,
    ...(plain && { as: readingKey(plain), read: plain.params }),
    ...(criteria.asked && { asked: filters }),
  };
}
