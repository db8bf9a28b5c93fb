import type { Patient } from 'fhir/r4';
import { createContext, type ComponentType } from 'react';
import type { Versioned } from '#fhir/types.ts';

/** What other features put into the chart; the app brings the two together. */
export interface ChartSlots {
  /** Beside "Edit" and "History", for the patient on screen. */
  readonly actions?: ComponentType<{ opened: Versioned<Patient> }>;
  /** What a deleted record was, and the way to bring it back. */
  readonly deleted?: ComponentType<{ id: string }>;
}

export const ChartSlotsContext = createContext<ChartSlots>({});
