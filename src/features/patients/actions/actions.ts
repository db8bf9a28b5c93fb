import type { Patient } from 'fhir/r4';
import type { Versioned } from '#fhir/types.ts';

/** Props of every action dialog. */
export interface ActionProps {
  /** The patient as it is on screen. */
  readonly opened: Versioned<Patient>;
  readonly onClose: () => void;
}
