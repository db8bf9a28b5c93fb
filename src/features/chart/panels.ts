import { PANEL_IDS, type PanelId } from './panel-ids.ts';
import type { Panel } from './panel.ts';
import { allergies } from './panels/allergies.tsx';
import { conditions } from './panels/conditions.tsx';
import { documents } from './panels/documents.tsx';
import { encounters } from './panels/encounters.tsx';
import { immunizations } from './panels/immunizations.tsx';
import { labs } from './panels/labs.ts';
import { medicationStatements } from './panels/medication-statements.tsx';
import { medications } from './panels/medications.tsx';
import { otherResults } from './panels/other-results.ts';
import { procedures } from './panels/procedures.tsx';
import { reports } from './panels/reports.tsx';
import { vitals } from './panels/vitals.ts';

const PANELS: Readonly<Record<PanelId, Panel>> = {
  conditions,
  medications,
  allergies,
  'medication-statements': medicationStatements,
  vitals,
  labs,
  'other-results': otherResults,
  reports,
  encounters,
  immunizations,
  procedures,
  documents,
};

/** The panels of a chart, in the order of the navigation. */
export const panels: readonly Panel[] = PANEL_IDS.map((id) => PANELS[id]);

/** Returns a panel by the last part of its address; undefined if there is none. */
export function panelById(id: string): Panel | undefined {
  return panels.find((panel) => panel.id === id);
}
