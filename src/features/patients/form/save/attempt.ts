import type { OperationOutcomeIssue, Patient } from 'fhir/r4';
import type { ReactNode } from 'react';
import { today } from '#fhir/dates/dates.ts';
import { FhirError } from '#fhir/errors.ts';
import type { SummaryLine } from '../validation/error-summary.tsx';
import type { FormText } from '../messages.ts';
import type { PatientForm } from '../model.ts';
import type { Asked, SaveResult } from './save-types.ts';
import { serverProblems } from '../validation/server-problems.ts';
import { toPatient, type Built } from '../mapping/to-patient.ts';
import { validateForm } from '../validation/validate-form.ts';

/** What is shown after an attempt to save or to check. */
export interface Shown {
  /** Errors, each with its field. */
  readonly lines: readonly SummaryLine[];
  /** Warnings of the server; undefined where it was not asked. */
  readonly warnings?: readonly string[];
  readonly error?: unknown;
  readonly ask?: ((asked: Asked) => ReactNode) | undefined;
}

interface Input {
  readonly values: PatientForm;
  readonly base: Patient | undefined;
  readonly before: PatientForm;
  readonly t: FormText;
}

/**
 * Builds a patient from what was typed, and runs a save or a check with it. Never rejects. A chunk
 * of its own: the form can be shown and filled in without it.
 */
export async function attempt(
  { values, base, before, t }: Input,
  run: (built: Built) => Promise<SaveResult>,
): Promise<Shown> {
  const wrong = validateForm(values, today(), base && before);
  if (wrong.length > 0) {
    return { lines: wrong.map(({ path, id }) => ({ path, text: t(`problem.${id}`) })) };
  }
  const built = toPatient(base, before, values);
  const said = (issues: readonly OperationOutcomeIssue[]) => {
    const all = serverProblems(issues, values, built);
    const errors = all.filter((p) => p.severity === 'error');
    return {
      lines: errors.map(({ path, text }) => ({ path, text })),
      warnings: all.filter((p) => p.severity === 'warning').map((p) => p.text),
    };
  };
  try {
    const { issues, ask } = await run(built);
    // No issues: not worth a message behind a question about something else.
    const told = issues && (issues.length > 0 || !ask);
    return { ...(told ? said(issues) : { lines: [] }), ask };
  } catch (error) {
    const issues = error instanceof FhirError ? error.issues : [];
    const shown = said(issues);
    const placed = shown.lines.length > 0 && issues.some((i) => i.expression ?? i.location);
    return placed ? shown : { ...shown, error };
  }
}
