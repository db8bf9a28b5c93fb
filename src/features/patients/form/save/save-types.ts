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
   * Saves again without repeating the question.
   *
   * @param seen ids of possible duplicates that the user reviewed and ruled out
   */
  readonly again: (seen?: readonly string[]) => void;
  /** Call before leaving the page for good, so that it does not warn of unsaved changes. */
  readonly release: () => void;
  /** Like `release`, but keeps the typed values as a draft. */
  readonly keep: () => void;
}

/** Input of one attempt to save. */
export interface Saving {
  /** The patient built from the form. */
  readonly built: Built;
  /** The user confirmed the question of an earlier attempt. */
  readonly confirmed: boolean;
  /** Ids of the records that the question showed. */
  readonly seen: readonly string[];
  /** Aborted when the user leaves the form; then nothing may be sent and no page opened. */
  readonly signal: AbortSignal;
  /** Call when the typed values are saved: drops the draft and the warning of unsaved changes. */
  readonly release: () => void;
  readonly draftKey: string;
  /** Call right before the write, which the server may execute whatever happens to this page. */
  readonly sending: () => void;
  /** Call when the write got a response or failed. */
  readonly answered: () => void;
}

/**
 * Result of an attempt: issues of the server, or a question. With neither, the patient was saved,
 * there was nothing to save, or the user left the form.
 */
export interface SaveResult {
  readonly issues?: readonly OperationOutcomeIssue[] | undefined;
  readonly ask?: (asked: Asked) => ReactNode;
}

/** The version to replace. */
export interface Over {
  readonly resource: Stored<Patient>;
  readonly etag: string;
}

/** The patient that the server stored, and the patient that was sent. */
export interface Written {
  readonly saved: Stored<Patient>;
  readonly sent: Stored<Patient>;
}

/** Dependencies that the create and edit pages pass to a save. */
export interface SaveTools {
  readonly fhir: Fhir;
  readonly validate: Validate | undefined;
  readonly navigate: ReturnType<typeof useNavigate>;
  /** Announces a text to screen readers. */
  readonly announce: (text: string) => void;
  /** Shows a notice over the current page; undefined removes it. */
  readonly toast: (toast: ReactNode) => void;
  readonly t: FormText;
}
