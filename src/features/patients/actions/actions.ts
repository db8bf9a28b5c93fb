import type { Patient } from 'fhir/r4';
import type { Versioned } from '#fhir/types.ts';

/** What the dialog of an action is given. */
export interface ActionProps {
  /** The patient as it is on screen. */
  readonly opened: Versioned<Patient>;
  readonly onClose: () => void;
}
