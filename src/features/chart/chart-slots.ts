import type { Patient } from 'fhir/r4';
import { createContext, type ComponentType } from 'react';
import type { Versioned } from '#fhir/types.ts';

/** What other features put into the chart; the app brings the two together. */
export interface ChartSlots {
  /** Beside "Edit" and "History", for the patient on screen. */
  readonly deeds?: ComponentType<{ opened: Versioned<Patient> }>;
  /** Below the words that say that the record was deleted. */
  readonly deleted?: ComponentType<{ id: string }>;
}

export const ChartSlotsContext = createContext<ChartSlots>({});
