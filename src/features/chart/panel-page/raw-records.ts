import { pointsToRawJson } from '#fhir/caveats/caveats.ts';
import type { FhirResource } from '#fhir/types.ts';
import type { Panel } from '../panel.ts';
import type { PanelPage } from '../panel-query/panel-rows.ts';

/**
 * Returns the records in the raw JSON of a page: its rows, and those included resources (such as
 * the Medication of an order) whose row refers the user to the raw JSON.
 */
export const rawRecords = (
  panel: Pick<Panel, 'belongs'>,
  { items, came }: Pick<PanelPage, 'items' | 'came'>,
): readonly FhirResource[] => [
  ...items,
  ...came.filter((resource) => !panel.belongs(resource) && pointsToRawJson(resource)),
];
