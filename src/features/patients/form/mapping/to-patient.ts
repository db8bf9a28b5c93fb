import type { Extension, Patient } from 'fhir/r4';
import { isGenerated } from '#fhir/changes/narrative.ts';
import { isRecord, record, records, type Json } from '#lib/narrow.ts';
import { keyConcept, SYSTEM } from '../fields/codes.ts';
import { joinDate } from '../fields/date-parts.ts';
import type { EditRow } from './edit-cells.ts';
import { editContact } from './edit-contact.ts';
import { draft, setElement, setPrimitive, type Draft } from './edit-element.ts';
import {
  editAddress,
  editCommunication,
  editIdentifier,
  editName,
  editReference,
  editTelecom,
} from './edit-rows.ts';
import { INTERPRETER, US_INTERPRETER } from './from-patient.ts';
import type { PatientForm, RowField } from '../model.ts';

/** A patient built from the form, with the form row of each of its list elements. */
export interface Built {
  readonly patient: Patient;
  /** For every list: the form row of each element, by the element's index in `patient`. */
  readonly rowOf: Readonly<Record<RowField, readonly number[]>>;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * Applies edited rows to a list. Elements keep their order in the resource, new ones come last. An
 * unedited row keeps its whole element, including parts that the form does not show.
 */
function applyRows<R extends { source: number }>(
  recorded: unknown,
  before: readonly R[],
  after: readonly R[],
  edit: EditRow<R>,
): { items: readonly unknown[]; rowOf: number[] } {
  const list: readonly unknown[] = Array.isArray(recorded) ? recorded : [];
  const rows = after
    .map((row, index) => ({ row, index }))
    .toSorted((a, b) => order(a.row.source) - order(b.row.source));
  const kept = rows.flatMap(({ row, index }): { item: unknown; index: number }[] => {
    const was = row.source < 0 ? undefined : before.find((b) => b.source === row.source);
    const item = row.source < 0 ? undefined : list[row.source];
    if (was && same(was, row)) return [{ item, index }];
    const edited = edit(isRecord(item) ? draft(item) : {}, was, row);
    return edited ? [{ item: edited, index }] : [];
  });
  return { items: kept.map((k) => k.item), rowOf: kept.map((k) => k.index) };
}

const order = (source: number): number => (source < 0 ? Number.MAX_SAFE_INTEGER : source);

/** Returns day, month and year of a FHIR date; a missing part is empty. */
const dayMonthYear = (date: string): readonly string[] => [
  date.slice(8, 10),
  date.slice(5, 7),
  date.slice(0, 4),
];

/**
 * Returns the date accuracy indicator after an edit: an edited part is accurate, a cleared part
 * unknown, and any other part keeps its accuracy.
 *
 * @see https://build.fhir.org/ig/hl7au/au-fhir-base/StructureDefinition-date-accuracy-indicator.html
 */
function accuracy(extension: Json, was: unknown, date: string): Json {
  const { display: _, ...coding } = record(extension['valueCoding']);
  const letters = String(coding['code']);
  if (!/^[AEU]{3}$/.test(letters)) return extension;
  const before = dayMonthYear(String(was));
  const code = dayMonthYear(date)
    .map((part, at) => (part === '' ? 'U' : part === before[at] ? letters[at] : 'A'))
    .join('');
  return { ...extension, valueCoding: { ...coding, code } };
}

/**
 * Sets the birth date and updates its extensions: `patient-birthTime` repeats the date with the
 * time, and the date accuracy indicator tells which parts of the old date were estimated.
 */
function setBirthDate(patient: Draft, date: string | undefined): void {
  const was = patient['birthDate'];
  setPrimitive(patient, 'birthDate', date);
  const side = patient['_birthDate'];
  if (!isRecord(side) || date === undefined) return;
  const url = 'http://hl7.org/fhir/StructureDefinition/patient-birthTime';
  const extension = records(side['extension']).flatMap((e) => {
    if (String(e['url']).endsWith('date-accuracy-indicator')) return [accuracy(e, was, date)];
    if (e['url'] !== url || typeof e['valueDateTime'] !== 'string') return [e];
    return date.length === 10 ? [{ ...e, valueDateTime: date + e['valueDateTime'].slice(10) }] : [];
  });
  const { extension: _, ...rest } = side;
  setElement(patient, '_birthDate', extension.length > 0 ? { ...rest, extension } : rest);
}

/** Sets one type of a choice element (`deceased[x]`) and clears the other. */
function setChoice(patient: Draft, names: readonly string[], name: string, value: unknown): void {
  const clear = value === undefined ? names : names.filter((other) => other !== name);
  for (const other of clear) setPrimitive(patient, other, undefined);
  if (value !== undefined) setPrimitive(patient, name, value as string | boolean | number);
}

function setDeceased(patient: Draft, { kind, date }: PatientForm['deceased']): void {
  const names = ['deceasedBoolean', 'deceasedDateTime'];
  const day = kind === 'date' ? joinDate(date) : undefined;
  if (day) setChoice(patient, names, 'deceasedDateTime', day);
  else setChoice(patient, names, 'deceasedBoolean', kind === '' ? undefined : kind !== 'no');
}

function setMultipleBirth(patient: Draft, { kind, order }: PatientForm['multipleBirth']): void {
  const names = ['multipleBirthBoolean', 'multipleBirthInteger'];
  if (kind === 'order') setChoice(patient, names, 'multipleBirthInteger', Number(order));
  else setChoice(patient, names, 'multipleBirthBoolean', kind === '' ? undefined : kind === 'yes');
}

function setInterpreter(patient: Draft, value: PatientForm['interpreter']): void {
  const all = Array.isArray(patient['extension']) ? (patient['extension'] as Extension[]) : [];
  const us = all.some((e) => e.url === US_INTERPRETER);
  const others = all.filter((e) => e.url !== INTERPRETER && e.url !== US_INTERPRETER);
  const yes = value === 'yes';
  const coded: Extension = {
    url: US_INTERPRETER,
    valueCoding: {
      system: 'http://snomed.info/sct',
      code: yes ? '373066001' : '373067005',
      display: yes ? 'Yes' : 'No',
    },
  };
  const said: Extension = us ? coded : { url: INTERPRETER, valueBoolean: yes };
  setElement(patient, 'extension', value === '' ? others : [...others, said]);
}

/**
 * Writes only the edited values into a patient: elements and extensions that the form does not show
 * are kept. A generated narrative is dropped when anything changed, because it would be out of date
 * (R4 Narrative, status `generated`).
 *
 * @param base the patient as opened; undefined for a new one
 * @param before form values of `base` before editing
 * @param after current form values; they must have been validated
 */
export function toPatient(
  base: Patient | undefined,
  before: PatientForm,
  after: PatientForm,
): Built {
  const patient = base ? draft(base) : ({ resourceType: 'Patient' } as Draft);
  const differs = (key: keyof PatientForm): boolean => !base || !same(before[key], after[key]);

  const rows = <K extends RowField>(
    field: K,
    edit: EditRow<PatientForm[K][number]>,
    single = false,
  ): readonly number[] => {
    const recorded = single && patient[field] !== undefined ? [patient[field]] : patient[field];
    if (base && !differs(field)) {
      return after[field]
        .map((row, index) => ({ source: row.source, index }))
        .toSorted((a, b) => a.source - b.source)
        .map((row) => row.index);
    }
    type R = PatientForm[K][number];
    const { items, rowOf } = applyRows<R>(recorded, before[field], after[field], edit);
    setElement(patient, field, single ? items[0] : items);
    return rowOf;
  };

  const rowOf = {
    identifier: rows('identifier', editIdentifier),
    name: rows('name', editName),
    telecom: rows('telecom', editTelecom),
    address: rows('address', editAddress),
    contact: rows('contact', editContact),
    communication: rows('communication', editCommunication),
    generalPractitioner: rows('generalPractitioner', editReference),
    managingOrganization: rows('managingOrganization', editReference, true),
  };
  if (differs('active')) {
    setPrimitive(patient, 'active', after.active === '' ? undefined : after.active === 'true');
  }
  if (differs('gender')) setPrimitive(patient, 'gender', after.gender);
  if (differs('birthDate')) setBirthDate(patient, joinDate(after.birthDate));
  if (differs('deceased')) setDeceased(patient, after.deceased);
  if (differs('multipleBirth')) setMultipleBirth(patient, after.multipleBirth);
  if (differs('maritalStatus')) {
    setElement(patient, 'maritalStatus', keyConcept(after.maritalStatus, SYSTEM.maritalStatus));
  }
  if (differs('interpreter')) setInterpreter(patient, after.interpreter);

  if (base && !same(base, patient) && isGenerated(base.text)) delete patient['text'];
  return { patient: patient as unknown as Patient, rowOf };
}

/** Whether the built patient differs from `base`, so that there is something to save. */
export function isChanged(base: Patient, built: Built): boolean {
  return !same(base, built.patient);
}
