import { isPlain, plainForms, plainReadings } from '#fhir/search/search-plain.ts';
import { readSearchText, type Reading } from '#fhir/search/search-text.ts';
import type { SearchParams } from '#fhir/types.ts';
import { recall, remember } from '#session/tab-storage/storage.ts';
import type { Criteria } from '../query/criteria.ts';

/** Names a reading of the search box among the others. */
export function readingKey({ kinds, birthDate, params }: Reading): string {
  const names = [params['family'], params['given']].filter((name) => name !== undefined);
  return [...kinds, birthDate ?? '', ...names].join(' ');
}

/** How the search box is understood, and how else it could be. */
export interface BoxReadings {
  /** Undefined where nothing was typed, or where the person has to choose first. */
  readonly chosen: Reading | undefined;
  readonly others: readonly Reading[];
  /** Two birth dates are possible, or none is, and no reading was chosen: ask, do not guess. */
  readonly ask: boolean;
  /** What was typed for a date and is none. */
  readonly impossibleDate: string | undefined;
}

const PLAINLY = 'plainly';

/** From now on this session's server is asked in the plainest form at once: it takes no other. */
export const searchPlainly = (): void => remember(PLAINLY, true);
const isPlainly = (): boolean =>
  recall(PLAINLY, (value): value is true => value === true) !== undefined;

/** The readings in their plainest forms: the best in every one, so that names can be swapped. */
const inPlainForms = (readings: readonly Reading[]): readonly Reading[] =>
  readings.flatMap((reading, at) => {
    const forms = plainReadings(reading);
    return forms.length === 0 ? [reading] : forms.slice(0, at === 0 ? undefined : 1);
  });

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

/** What a server that refused a search can be asked instead; undefined where it was plain already. */
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
