import { namesCategory } from '#fhir/observation/observation-category.ts';
import type { Panel } from '../panel.ts';
import { observations } from './observations.ts';

/**
 * Observations that stand in no other panel: smoking, findings, scores, and those of no category.
 * No search names them on every server (`category:not` is refused by some, and leaves out what has
 * no category on others): they are picked out of all. A result whose category is a code of the
 * server's own, or a standard one in capitals, stands here as well: nobody knows whether a search
 * for a category finds it.
 */
export const otherResults: Panel = {
  ...observations,
  id: 'other-results',
  title: 'other-results',
  card: true,
  count: 100,
  sifted: 'sifted',
  // Epic searches Observations by category or code only.
  instead: { category: 'social-history,survey,imaging,procedure,exam,therapy,activity' },
  belongs: (r) =>
    observations.belongs(r) && !namesCategory(r, 'laboratory') && !namesCategory(r, 'vital-signs'),
};
