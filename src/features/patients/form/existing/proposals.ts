import { today } from '#fhir/dates/dates.ts';
import { plainDigits } from '#fhir/dates/digits.ts';
import { joinDate } from '../fields/date-parts.ts';
import { ADDRESS_CELLS, emptyForm, type PatientForm, type RowField } from '../model.ts';
import { typedDate } from '../mapping/period.ts';

/** A typed value that the existing record lacks. */
export interface Proposal {
  /** The form field, and the index of its typed row: `telecom.0`. */
  readonly key: string;
  /** True if the value is added beside the recorded values and contradicts none of them. */
  readonly adds: boolean;
  /** Returns the form with the proposal applied. */
  readonly take: (form: PatientForm) => PatientForm;
}

/**
 * The cells that identify a row. A typed row counts if one of `said` is filled in; a recorded row
 * covers it if its `said` and `same` cells equal all typed ones.
 */
const CELLS: Readonly<
  Record<RowField, { readonly said: readonly string[]; readonly same?: readonly string[] }>
> = {
  name: { said: ['family', 'given', 'prefix', 'suffix', 'text'] },
  identifier: { said: ['value'], same: ['system'] },
  telecom: { said: ['value'], same: ['system'] },
  address: { said: ADDRESS_CELLS },
  contact: {
    said: ['family', 'given', 'text', 'phone', 'email', 'organization', ...ADDRESS_CELLS],
    same: ['relationship', 'gender'],
  },
  communication: { said: ['language'] },
  generalPractitioner: { said: ['reference', 'display'] },
  managingOrganization: { said: ['reference', 'display'] },
};

const NUMBERS: readonly string[] = ['value', 'phone'];
const NAME_PARTS = ['family', 'given', 'prefix', 'suffix', 'text'] as const;

const cell = (row: object, key: string): string => {
  const value: unknown = (row as Record<string, unknown>)[key];
  return typeof value === 'string' ? value.trim() : '';
};

/** Returns a cell without differences of case, spaces and digit grouping, for comparison. */
function plain(row: object, key: string): string {
  const text = plainDigits(cell(row, key).normalize('NFC')).toLowerCase();
  return NUMBERS.includes(key) ? text.replace(/[\s()./-]/g, '') : text.replace(/\s+/g, ' ');
}

/** Whether a recorded row, current or not, has all values of a typed row. */
const covers = (field: RowField, recorded: object, typed: object): boolean =>
  [...CELLS[field].said, ...(CELLS[field].same ?? [])].every((key) => {
    const wanted = plain(typed, key);
    return wanted === '' || wanted === plain(recorded, key);
  });

/** Whether a row is not current: its use is `old`, or its Period ended before today. */
function isPast(row: object): boolean {
  const end = typedDate(cell(row, 'end')) ?? '9999';
  return cell(row, 'use') === 'old' || end < today().slice(0, end.length);
}

/** Name uses that a record's main name never has. */
const ASIDE: readonly string[] = ['anonymous', 'maiden', 'nickname', 'old', 'temp'];

/** Whether a typed name is added beside a recorded one that is no current main name. */
const isBeside = (recorded: object, typed: object): boolean =>
  cell(recorded, 'use') !== cell(typed, 'use') &&
  (ASIDE.includes(cell(recorded, 'use')) || isPast(recorded));

type Rows = readonly ({ source: number } & object)[];

const withRows = (form: PatientForm, field: RowField, rows: Rows): PatientForm => ({
  ...form,
  [field]: rows,
});

function rowProposals(field: RowField, recorded: PatientForm, typed: PatientForm): Proposal[] {
  const there: Rows = recorded[field];
  const said: Rows = (typed[field] as Rows).filter((row) =>
    CELLS[field].said.some((key) => cell(row, key) !== ''),
  );
  const holds = (old: object, row: object) => !isPast(old) || isPast(row);
  const news = said.filter(
    (row) => !there.some((old) => covers(field, old, row) && holds(old, row)),
  );
  return news.map((row, at) => {
    const added = { ...row, source: -1 };
    const key = `${field}.${at}`;
    const past = there.findIndex((old) => covers(field, old, row));
    // If the same number is recorded as old, it is reactivated instead of added twice.
    if (past >= 0 && (field === 'identifier' || field === 'telecom')) {
      const again = { use: cell(row, 'use'), end: '' };
      const take = (form: PatientForm) =>
        withRows(
          form,
          field,
          form[field].map((old, i) => (i === past ? { ...old, ...again } : old)),
        );
      return { key, adds: false, take };
    }
    if (field === 'managingOrganization' && there.length > 0) {
      return { key, adds: false, take: (form) => withRows(form, field, [added]) };
    }
    // The first name row is the main name: another spelling replaces the parts that were typed.
    if (field === 'name' && row === said[0] && row === (typed.name[0] as object)) {
      const [first] = recorded.name;
      const adds = NAME_PARTS.every((part) => !first?.[part]);
      if (first && !adds && isBeside(first, row)) {
        return { key, adds: true, take: (form) => withRows(form, field, [...form.name, added]) };
      }
      return { key, adds, take: (form) => withFirstName(form, typed) };
    }
    // `adds` is false for an ended value, so that the user must choose to reactivate it.
    const take = (form: PatientForm) => withRows(form, field, [...form[field], added]);
    return { key, adds: past < 0, take };
  });
}

function withFirstName(form: PatientForm, typed: PatientForm): PatientForm {
  const [first, ...others] = form.name;
  const [name] = typed.name;
  if (!first || !name) return form;
  const parts = NAME_PARTS.filter((part) => name[part].trim() !== '');
  return {
    ...form,
    name: [{ ...first, ...Object.fromEntries(parts.map((part) => [part, name[part]])) }, ...others],
  };
}

const SINGLE = [
  'gender',
  'maritalStatus',
  'interpreter',
  'active',
  'deceased',
  'multipleBirth',
] as const;

/**
 * Returns the typed values of a new patient that differ from an existing record of the same person.
 * An empty field proposes nothing, and neither does a birth date that is only less exact.
 *
 * @param recorded form values of the existing record
 * @param typed form values typed for the new patient
 */
export function proposals(recorded: PatientForm, typed: PatientForm): readonly Proposal[] {
  const empty = emptyForm();
  const differs = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);
  const born = joinDate(typed.birthDate);
  const { birthDate } = typed;
  const list: Proposal[] = rowProposals('name', recorded, typed);
  if (born && !(joinDate(recorded.birthDate) ?? '').startsWith(born)) {
    const adds = joinDate(recorded.birthDate) === undefined;
    list.push({ key: 'birthDate', adds, take: (form) => ({ ...form, birthDate }) });
  }
  for (const key of SINGLE) {
    if (!differs(typed[key], empty[key]) || !differs(typed[key], recorded[key])) continue;
    // An empty form has `active: 'true'`; all its other fields are empty.
    const adds = key !== 'active' && !differs(recorded[key], empty[key]);
    list.push({ key, adds, take: (form) => ({ ...form, [key]: typed[key] }) });
  }
  const others = (Object.keys(CELLS) as RowField[]).filter((field) => field !== 'name');
  return [...list, ...others.flatMap((field) => rowProposals(field, recorded, typed))];
}
