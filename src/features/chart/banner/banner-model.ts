import type { Patient } from 'fhir/r4';
import { absentReason } from '#fhir/values/absent-reason.ts';
import { addresses } from '#fhir/patient/addresses.ts';
import { birthDateProblem, patientAge } from '#fhir/patient/age.ts';
import { caveats, type Caveat } from '#fhir/caveats/caveats.ts';
import { formatDate, formatDateLong, today } from '#fhir/dates/dates.ts';
import { displayName, type NameFlag } from '#fhir/patient/names.ts';
import {
  gender,
  identifiers,
  inUse,
  patientStatus,
  telecoms,
  type PatientStatus,
  type ShownIdentifier,
  type ShownTelecom,
} from '#fhir/patient/patient.ts';
import {
  careProviders,
  interpreterRequired,
  languages,
  patientLinks,
} from '#fhir/patient/patient-details.ts';
import {
  absentEntries,
  guessedParts,
  notVerifiedNumbers,
  registeredGender,
} from '#fhir/patient/qualifiers.ts';
import { contactHref } from '#fhir/safe-url.ts';
import { list, records } from '#lib/narrow.ts';

/** What the banner says, decided in one place from one Patient resource. */
export interface BannerModel {
  /** Undefined where no name is recorded. */
  readonly name: string | undefined;
  readonly preferred: string | undefined;
  readonly previous: readonly string[];
  readonly nameFlags: readonly NameFlag[];
  readonly born: string | undefined;
  readonly bornLong: string | undefined;
  readonly age: { readonly value: string; readonly approx: boolean } | undefined;
  /** `died` is undefined where the day of death is not known. */
  readonly deceased: { readonly died: string | undefined } | undefined;
  readonly gender: ReturnType<typeof gender>;
  /** What a national register says in place of `other`. */
  readonly registeredGender: ReturnType<typeof registeredGender>;
  /** The numbers in use, the most official first. Never the logical id. */
  readonly numbers: readonly ShownIdentifier[];
  /** How to reach a living patient; `href` where the value is a sound address of its kind. */
  readonly contact: (ShownTelecom & { readonly href: string | undefined }) | undefined;
  /** What is recorded and not told: it is not what nobody knows. */
  readonly withheld: Readonly<
    Record<'name' | 'born' | 'died' | 'gender' | 'number' | 'contact', boolean>
  >;
  /** The one in use, in a line. */
  readonly address: string | undefined;
  /** General practitioners, in words. */
  readonly practitioners: readonly string[];
  readonly status: PatientStatus;
  /** Ids of the records that this one replaces (R4 link-type `replaces`). */
  readonly replaces: readonly string[];
  /** What is doubtful about the birth date. */
  readonly birthDateDoubt: ReturnType<typeof birthDateProblem>;
  /** What of the birth date is a guess. */
  readonly guessed: ReturnType<typeof guessedParts>;
  /** Why the number is not known to be the patient's, in words. */
  readonly notVerified: string | undefined;
  /** There where an interpreter is needed; with the language where only one can be meant. */
  readonly interpreter: { readonly language: string | undefined } | undefined;
  readonly caveats: readonly Caveat[];
}

/**
 * Reads a patient for the banner (NHS CUI Patient Banner, rules C1 to C5). Total.
 *
 * @param now for the age
 */
export function bannerModel(patient: Patient, baseUrl: string, now = new Date()): BannerModel {
  const name = displayName(patient);
  const status = patientStatus(patient, baseUrl);
  const age = patientAge(patient, now);
  const numbers = identifiers(patient).filter((i) => !i.old);
  const doubts = notVerifiedNumbers(patient);
  const contact = status.deceased ? undefined : telecoms(patient).find((t) => !t.old);
  return {
    name: name.text,
    preferred: name.preferred ?? name.nickname,
    previous: name.previous,
    nameFlags: name.flags,
    born: formatDate(patient.birthDate),
    bornLong: formatDateLong(patient.birthDate),
    age: age && { value: age.value, approx: age.approx },
    deceased: status.deceased && { died: formatDate(status.deceased.date) },
    gender: gender(patient),
    registeredGender: registeredGender(patient),
    numbers,
    contact: contact && { ...contact, href: contactHref(contact.system, contact.value) },
    withheld: withheld(patient, name.text),
    address: addresses(patient)
      .find((a) => !a.old)
      ?.lines.join(', '),
    practitioners: careProviders(patient).practitioners,
    status,
    replaces: replacedIds(patient, baseUrl),
    birthDateDoubt: birthDateProblem(patient.birthDate),
    guessed: guessedParts(patient),
    notVerified: numbers.map(({ raw }) => doubts.get(raw)).find(Boolean),
    interpreter: interpreterRequired(patient)
      ? { language: interpretedLanguage(patient) }
      : undefined,
    caveats: caveats(patient),
  };
}

function withheld(patient: Patient, name: string | undefined): BannerModel['withheld'] {
  const isMasked = (element: unknown) => absentReason(element) === 'masked';
  const value = (field: 'birthDate' | 'deceasedDateTime' | 'gender') =>
    !patient[field] && isMasked(patient[`_${field}`]);
  const day = today();
  const current = (field: 'name' | 'identifier' | 'telecom') =>
    records(patient[field]).filter((one) => !inUse(one, day).old);
  const entry = (field: 'identifier' | 'telecom') =>
    absentEntries({ [field]: current(field) }, field).some(({ reason }) => reason === 'masked');
  const names = current('name').flatMap((one) => [
    one,
    ...['_text', '_family', '_given'].flatMap((part) => list(one[part])),
  ]);
  return {
    name: name === undefined && names.some(isMasked),
    born: value('birthDate'),
    died: value('deceasedDateTime'),
    gender: value('gender'),
    number: entry('identifier'),
    contact: entry('telecom'),
  };
}

/** Never a guess among several: an interpreter of the wrong language would be booked. */
function interpretedLanguage(patient: Patient): string | undefined {
  const all = languages(patient);
  const preferred = all.filter((l) => l.preferred);
  const [language, ...others] = new Set((preferred[0] ? preferred : all).map((l) => l.language));
  return others[0] === undefined ? language : undefined;
}

function replacedIds(patient: Patient, baseUrl: string): readonly string[] {
  const ids = patientLinks(patient, baseUrl).flatMap(({ type, target }) =>
    type === 'replaces' && target?.type === 'Patient' && target.id !== patient.id
      ? [target.id]
      : [],
  );
  return [...new Set(ids)];
}

/**
 * What a window's title may say of a patient: enough to tell tabs apart, too little to identify
 * anybody, because browsers and their extensions keep titles.
 */
export function initials(name: string | undefined): string {
  const words = (name ?? '').replace(/\([^()]*\)/g, '').match(/\p{L}[\p{L}\p{M}'’-]*/gu) ?? [];
  return words
    .slice(0, 3)
    .map((word) => String.fromCodePoint(word.codePointAt(0) ?? 0).toLocaleUpperCase())
    .join('');
}
