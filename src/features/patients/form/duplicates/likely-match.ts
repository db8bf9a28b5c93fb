import type { Match } from './find-duplicates.ts';

/** Whether this reason alone proves that two records are of one person, whatever else differs. */
export const isSure = (
  reason: Match['reasons'][number],
  { grade }: Pick<Match, 'grade'>,
): boolean => reason === 'identifier' || (reason === 'server' && grade === 'certain');

/** Whether a match is so similar that the user should open it instead of creating a record. */
export const isLikely = (match: Pick<Match, 'reasons' | 'grade'>): boolean =>
  match.reasons.some((reason) => isSure(reason, match)) ||
  (match.reasons.includes('same-name') && match.reasons.includes('same-birth-date'));
