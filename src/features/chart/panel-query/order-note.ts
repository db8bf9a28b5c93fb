import type { FhirResource } from '#fhir/types.ts';
import type { MessageId, Panel } from '../panel.ts';

/** Returns the message for rows that are unsorted, or sorted by a date that they do not show. */
export const orderNote = (
  panel: Panel,
  items: readonly FhirResource[],
  unsorted: boolean,
): MessageId | undefined =>
  items.length < 2 ? undefined : unsorted ? 'unsorted' : panel.sortedBy?.(items);
