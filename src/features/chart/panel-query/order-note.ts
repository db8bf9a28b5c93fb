import type { FhirResource } from '#fhir/types.ts';
import type { MessageId, Panel } from '../panel.ts';

/** Returns the message about an order of rows that their dates do not show, if it is one. */
export const orderNote = (
  panel: Panel,
  items: readonly FhirResource[],
  unsorted: boolean,
): MessageId | undefined =>
  items.length < 2 ? undefined : unsorted ? 'unsorted' : panel.sortedBy?.(items);
