import { readSearchText, type Reading } from '#fhir/search-text.ts';
import type { Criteria } from '../criteria.ts';

/** Names a reading of the search box among the others. */
export function readingKey(reading: Reading): string {
  return [...reading.kinds, reading.birthDate ?? ''].join(' ');
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

export function readBox(criteria: Criteria): BoxReadings {
  const { readings, ask, impossibleDate } = readSearchText(criteria.text ?? '');
  const picked = readings.find((r) => readingKey(r) === criteria.as);
  const chosen = picked ?? (ask ? undefined : readings[0]);
  return {
    chosen,
    others: readings.filter((r) => r !== chosen),
    ask: ask && !picked,
    impossibleDate,
  };
}
