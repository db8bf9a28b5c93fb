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

/** Result of a save or check, as the form shows it. */
export interface Shown {
  /** Errors, each with the path of its field, if known. */
  readonly lines: readonly SummaryLine[];
  /** Warnings of the server; undefined if the server was not asked. */
  readonly warnings?: readonly string[];
  readonly error?: unknown;
  /** Renders a question that the user must answer. */
  readonly ask?: ((asked: Asked) => ReactNode) | undefined;
}

interface Input {
  readonly values: PatientForm;
  readonly base: Patient | undefined;
  readonly before: PatientForm;
  readonly t: FormText;
}

/**
 * Validates the form values, builds a patient and runs a save or check with it. Never rejects. This
 * module is a chunk of its own, because the form can be shown and filled in without it.
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
    // "No problems found" would be noise behind a question about something else.
    const told = issues && (issues.length > 0 || !ask);
    return { ...(told ? said(issues) : { lines: [] }), ask };
  } catch (error) {
    const issues = error instanceof FhirError ? error.issues : [];
    const shown = said(issues);
    const placed = shown.lines.length > 0 && issues.some((i) => i.expression ?? i.location);
    return placed ? shown : { ...shown, error };
  }
}
