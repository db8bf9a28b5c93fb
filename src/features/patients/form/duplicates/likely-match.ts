import type { Match } from './find-duplicates.ts';

/** One sign that two records are of one person, whatever else they say. */
export const isSure = (
  reason: Match['reasons'][number],
  { grade }: Pick<Match, 'grade'>,
): boolean => reason === 'identifier' || (reason === 'server' && grade === 'certain');

/** So much alike that to open the record found is the better way than to create another. */
export const isLikely = (match: Pick<Match, 'reasons' | 'grade'>): boolean =>
  match.reasons.some((reason) => isSure(reason, match)) ||
  (match.reasons.includes('same-name') && match.reasons.includes('same-birth-date'));
