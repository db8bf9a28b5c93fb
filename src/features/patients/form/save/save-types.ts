import type { useNavigate } from '@tanstack/react-router';
import type { OperationOutcomeIssue, Patient } from 'fhir/r4';
import type { ReactNode } from 'react';
import type { Fhir } from '#data/fhir-context.ts';
import type { Stored } from '#fhir/types.ts';
import type { Built } from '../mapping/to-patient.ts';
import type { FormText } from '../messages.ts';
import type { Validate } from '../validation/use-validate.ts';

/** Callbacks for a question dialog: dismiss it, or confirm and save again. */
export interface Asked {
  readonly close: () => void;
  /**
   * Saves once more, this time without being asked again.
   *
   * @param seen ids of possible duplicates that the user reviewed and ruled out
   */
  readonly again: (seen?: readonly string[]) => void;
  /** Call before leaving the page for good, so that it does not warn of unsaved changes. */
  readonly release: () => void;
  /** The same where what was typed stays a draft. */
  readonly keep: () => void;
}

/** One attempt to save. */
export interface Saving {
  readonly built: Built;
  /** The user confirmed the question of an earlier attempt. */
  readonly confirmed: boolean;
  /** Ids of the records that were shown with the question. */
  readonly seen: readonly string[];
  /** Aborted when the form is left: from then on nothing may be sent, and no page be opened. */
  readonly signal: AbortSignal;
  readonly release: () => void;
  readonly draftKey: string;
  /** Call right before the write: from then on it may be saved, whatever happens to this page. */
  readonly sending: () => void;
  /** Call when there is an answer to it, or none will come. */
  readonly answered: () => void;
}

/**
 * How an attempt ended: with issues of the server, or a question. With neither it was saved, there
 * was nothing to save, or the form was left meanwhile.
 */
export interface SaveResult {
  readonly issues?: readonly OperationOutcomeIssue[] | undefined;
  readonly ask?: (asked: Asked) => ReactNode;
}

/** The version that is to be replaced. */
export interface Over {
  readonly resource: Stored<Patient>;
  readonly etag: string;
}

/** What was saved, and what was sent for it. */
export interface Written {
  readonly saved: Stored<Patient>;
  readonly sent: Stored<Patient>;
}

/** What both ways to save, a new patient and changes to one, are given by their page. */
export interface SaveTools {
  readonly fhir: Fhir;
  readonly validate: Validate | undefined;
  readonly navigate: ReturnType<typeof useNavigate>;
  /** Reads a text out to screen readers. */
  readonly announce: (text: string) => void;
  /** Shows a notice over whatever page is open; undefined takes it away. */
  readonly toast: (toast: ReactNode) => void;
  readonly t: FormText;
}
