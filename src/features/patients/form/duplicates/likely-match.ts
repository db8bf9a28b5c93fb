import type { Match } from './find-duplicates.ts';

/** A reason that is enough by itself: two records are of one person, whatever else differs. */
export const isSure = (
  reason: Match['reasons'][number],
  { grade }: Pick<Match, 'grade'>,
): boolean => reason === 'identifier' || (reason === 'server' && grade === 'certain');

/** So similar that the user should open the existing record and not create another. */
export const isLikely = (match: Pick<Match, 'reasons' | 'grade'>): boolean =>
  match.reasons.some((reason) => isSure(reason, match)) ||
  (match.reasons.includes('same-name') && match.reasons.includes('same-birth-date'));
