import { dateProblem, isBefore, type DateProblem } from '../fields/date-parts.ts';
import { ADDRESS_CELLS, type PatientForm } from '../model.ts';
import { periodProblem } from '../mapping/period.ts';

/** An error that prevents a save: the field, and the message id. */
export interface FormProblem {
  /** Path of the field, such as `birthDate.day`. */
  readonly path: string;
  readonly id:
    | 'needName'
    | 'date.incomplete'
    | 'date.impossible'
    | 'date.future'
    | 'date.year'
    | 'deathBeforeBirth'
    | 'needDeathDate'
    | 'badEmail'
    | 'badRank'
    | 'badOrder'
    | 'needValue'
    | 'needContact'
    | 'needLanguage'
    | 'badDate'
    | 'periodOrder';
}

/** Returns the part of a date at which its error is shown. */
const at = (problem: DateProblem): string => (problem === 'impossible' ? 'day' : 'year');

function dateErrors(form: PatientForm, today: string): FormProblem[] {
  const out: FormProblem[] = [];
  const birth = dateProblem(form.birthDate, today);
  if (birth) out.push({ path: `birthDate.${at(birth)}`, id: `date.${birth}` });
  if (form.deceased.kind !== 'date') return out;
  const death = dateProblem(form.deceased.date, today);
  const { date } = form.deceased;
  if (death) out.push({ path: `deceased.date.${at(death)}`, id: `date.${death}` });
  else if (!date.year.trim()) out.push({ path: 'deceased.date.year', id: 'needDeathDate' });
  else if (!birth && isBefore(date, form.birthDate)) {
    out.push({ path: 'deceased.date.year', id: 'deathBeforeBirth' });
  }
  return out;
}

/**
 * Returns the errors of a form. It checks only for values that no server could understand, because
 * the server decides which fields are required.
 *
 * @param today local calendar date, `YYYY-MM-DD`
 * @param before form values as opened: an error that the record had already, in a field that was
 *   not edited, does not prevent another change
 */
export function validateForm(
  form: PatientForm,
  today: string,
  before?: PatientForm,
): readonly FormProblem[] {
  const recorded = new Set((before ? check(before, today) : []).map(key(before)));
  return check(form, today).filter((problem) => !recorded.has(key(form)(problem)));
}

/** Returns a key of an error and its value, to recognise errors that the record had already. */
const key =
  (form: PatientForm | undefined) =>
  (problem: FormProblem): string => {
    const [field, at] = problem.path.split('.') as [keyof PatientForm, string];
    const value = form?.[field];
    const shown = Array.isArray(value) ? value[Number(at)] : value;
    return `${field} ${problem.id} ${JSON.stringify(shown)}`;
  };

const notEmail = (typed: string): boolean =>
  typed.trim() !== '' && !/^[^\s@]+@[^\s@]+$/.test(typed.trim());

/** Cells of which a contact person needs at least one (R4 invariant pat-1). */
const CONTACTED = [
  'family',
  'given',
  'text',
  'phone',
  'email',
  'organization',
  ...ADDRESS_CELLS,
] as const;

function check(form: PatientForm, today: string): readonly FormProblem[] {
  const out: FormProblem[] = [];
  const named = form.name.some((n) => n.family.trim() || n.given.trim() || n.text.trim());
  const blank = form.name.every((n) => n.source < 0);
  if (!named && blank) out.push({ path: 'name.0.family', id: 'needName' });
  out.push(...dateErrors(form, today));
  for (const field of ['name', 'identifier', 'telecom', 'address', 'contact'] as const) {
    form[field].forEach((row, at) => {
      const problem = periodProblem(row);
      if (problem) out.push({ path: `${field}.${at}.${problem.end}`, id: problem.id });
    });
  }
  form.identifier.forEach((row, at) => {
    if (row.source < 0 && !row.value.trim() && (row.type || row.system.trim())) {
      out.push({ path: `identifier.${at}.value`, id: 'needValue' });
    }
  });
  form.contact.forEach((row, at) => {
    if (notEmail(row.email)) out.push({ path: `contact.${at}.email`, id: 'badEmail' });
    // R4 invariant pat-1 applies only to rows with content; an empty row is not saved.
    if (row.source < 0 && row.relationship && !CONTACTED.some((cell) => row[cell].trim())) {
      out.push({ path: `contact.${at}.family`, id: 'needContact' });
    }
  });
  form.telecom.forEach((row, at) => {
    if (row.system === 'email' && notEmail(row.value)) {
      out.push({ path: `telecom.${at}.value`, id: 'badEmail' });
    }
    if (row.rank.trim() && !/^[1-9]\d{0,3}$/.test(row.rank.trim())) {
      out.push({ path: `telecom.${at}.rank`, id: 'badRank' });
    }
  });
  if (form.multipleBirth.kind === 'order' && !/^\d{1,2}$/.test(form.multipleBirth.order.trim())) {
    out.push({ path: 'multipleBirth.order', id: 'badOrder' });
  }
  form.communication.forEach((row, at) => {
    if (row.preferred && !row.language) {
      out.push({ path: `communication.${at}.language`, id: 'needLanguage' });
    }
  });
  return out;
}
