import { pointsToRawJson } from '#fhir/caveats/caveats.ts';
import type { FhirResource } from '#fhir/types.ts';
import type { Panel } from '../panel.ts';
import type { PanelPage } from '../panel-query/panel-rows.ts';

/**
 * What the raw JSON of a page holds: its rows, and of what came along, such as the Medication of an
 * order, that of which a row says that it is to be looked up there.
 */
export const rawRecords = (
  panel: Pick<Panel, 'belongs'>,
  { items, came }: Pick<PanelPage, 'items' | 'came'>,
): readonly FhirResource[] => [
  ...items,
  ...came.filter((resource) => !panel.belongs(resource) && pointsToRawJson(resource)),
];
