import type { OperationOutcomeIssue, PatientContact } from 'fhir/r4';
import { shownIssues } from '#fhir/changes/field-issues.ts';
import type { PatientForm, RowField } from '../model.ts';
import type { Built } from '../mapping/to-patient.ts';

/** An issue reported by the server, with the form field it belongs to. */
export interface ServerProblem {
  /** Path of a form field; undefined if the form does not show the element. */
  readonly path: string | undefined;
  readonly severity: 'error' | 'warning';
  readonly text: string;
}

const ROWS = new Set<string>([
  'name',
  'identifier',
  'telecom',
  'address',
  'contact',
  'communication',
  'generalPractitioner',
  'managingOrganization',
] satisfies RowField[]);

/** Form fields of elements whose name differs from the field's. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  birthDate: 'birthDate.year',
  _birthDate: 'birthDate.year',
  deceased: 'deceased.kind',
  deceasedBoolean: 'deceased.kind',
  deceasedDateTime: 'deceased.date.year',
  multipleBirth: 'multipleBirth.kind',
  multipleBirthBoolean: 'multipleBirth.kind',
  multipleBirthInteger: 'multipleBirth.order',
};

/** The first field of a row, for an issue about the whole row. */
const FIRST: Readonly<Record<RowField, string>> = {
  name: 'family',
  identifier: 'value',
  telecom: 'value',
  address: 'line',
  contact: 'family',
  communication: 'language',
  generalPractitioner: 'display',
  managingOrganization: 'display',
};

const addressCell = (part: string | undefined): string | undefined =>
  part === 'text' ? 'addressText' : part;

/** Returns the form cell of an element in `Patient.contact`, whose parts form one flat row. */
function contactCell(
  parts: readonly string[],
  contact: PatientContact | undefined,
): string | undefined {
  const [of, ...rest] = parts;
  if (of === 'telecom') {
    return contact?.telecom?.[Number(rest[0])]?.system === 'email' ? 'email' : 'phone';
  }
  const cell = rest.findLast((part) => !/^\d+$/.test(part)) ?? of;
  if (of === 'address') return addressCell(cell);
  return of === 'name' ? cell : of;
}

function rowPath(steps: readonly string[], form: PatientForm, built: Built): string | undefined {
  const [list, ...rest] = steps as [RowField, ...string[]];
  const indexed = /^\d+$/.test(rest[0] ?? '');
  const element = indexed ? Number(rest[0]) : 0;
  const row = built.rowOf[list][element];
  // A missing element, such as a name, has no row; the issue is shown at the first row.
  const at = row ?? (form[list].length > 0 && element === 0 ? 0 : undefined);
  const cells = at === undefined ? undefined : form[list][at];
  if (at === undefined || cells === undefined) return undefined;
  const parts = (indexed ? rest.slice(1) : rest).filter((step) => step !== 'period');
  const cell =
    list === 'contact'
      ? contactCell(parts, built.patient.contact?.[element])
      : list === 'address'
        ? addressCell(parts[0])
        : parts[0];
  const known = cell !== undefined && Object.hasOwn(cells, cell);
  return `${list}.${at}.${known ? cell : FIRST[list]}`;
}

/**
 * Returns the form field of an element: `name.1.given.0` is the field of the given names in the row
 * that was sent as the second name.
 *
 * @param path element path as `src/fhir/outcome.ts` derives it from a FHIRPath expression
 */
export function formPath(path: string, form: PatientForm, built: Built): string | undefined {
  const steps = path.split('.');
  const root = steps[0] ?? '';
  if (ROWS.has(root)) return rowPath(steps, form, built);
  if (Object.hasOwn(ELSEWHERE, root)) return ELSEWHERE[root];
  return Object.hasOwn(form, root) ? root : undefined;
}

/** Returns the issues of an OperationOutcome with their fields, without those of `information`. */
export function serverProblems(
  issues: readonly OperationOutcomeIssue[],
  form: PatientForm,
  built: Built,
): readonly ServerProblem[] {
  return shownIssues(issues)
    .filter((issue) => issue.severity !== 'information')
    .map((issue) => ({
      path: issue.field === undefined ? undefined : formPath(issue.field, form, built),
      severity: issue.severity === 'warning' ? 'warning' : 'error',
      text: issue.text ?? issue.code,
    }));
}
