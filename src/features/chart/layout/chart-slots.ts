import type { Patient } from 'fhir/r4';
import { createContext, type ComponentType } from 'react';
import type { Versioned } from '#fhir/types.ts';

/** Components of other features in the chart; the app passes them in. */
export interface ChartSlots {
  /** Shown after "Edit" and "History", for the patient on screen. */
  readonly actions?: ComponentType<{ opened: Versioned<Patient> }>;
  /** Shows a deleted record, and a button to restore it. */
  readonly deleted?: ComponentType<{ id: string }>;
}

export const ChartSlotsContext = createContext<ChartSlots>({});
