import { namesCategory } from '#fhir/observation/observation-category.ts';
import type { Panel } from '../panel.ts';
import { observations } from './observations.ts';

/**
 * Observations that no other panel shows: smoking, findings, scores, and those without a category.
 * No search finds them on every server (some refuse `category:not`, others leave out records
 * without a category), so they are filtered out of all. A result whose category is a local code, or
 * a standard code in capitals, is shown here as well: a search for its category may not find it.
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
