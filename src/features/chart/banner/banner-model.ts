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

/** Everything that the banner shows, derived from one Patient resource. */
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
  /** Gender in a national register, which is more specific than `other`. */
  readonly registeredGender: ReturnType<typeof registeredGender>;
  /** Identifiers in use, the most official first. Never the logical id. */
  readonly numbers: readonly ShownIdentifier[];
  /** First contact in use of a living patient; `href` if its value is valid for a link. */
  readonly contact: (ShownTelecom & { readonly href: string | undefined }) | undefined;
  /** True for values that are recorded but withheld, in contrast to unknown ones. */
  readonly withheld: Readonly<
    Record<'name' | 'born' | 'died' | 'gender' | 'number' | 'contact', boolean>
  >;
  /** Current address in one line. */
  readonly address: string | undefined;
  /** Names of the general practitioners. */
  readonly practitioners: readonly string[];
  readonly status: PatientStatus;
  /** Ids of the records that this one replaces (R4 link-type `replaces`). */
  readonly replaces: readonly string[];
  /** What is doubtful about the birth date. */
  readonly birthDateDoubt: ReturnType<typeof birthDateProblem>;
  /** Parts of the birth date that are estimated. */
  readonly guessed: ReturnType<typeof guessedParts>;
  /** Text saying why an identifier is not verified. */
  readonly notVerified: string | undefined;
  /** Present if an interpreter is needed; `language` is set only if it is unambiguous. */
  readonly interpreter: { readonly language: string | undefined } | undefined;
  readonly caveats: readonly Caveat[];
}

/**
 * Derives the banner from a patient (NHS CUI Patient Banner, rules C1 to C5). Accepts any data
 * without throwing.
 *
 * @param now the time at which the age is calculated
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

/**
 * Returns the interpreter's language; undefined if there are several candidates, because a wrong
 * guess would book the wrong interpreter.
 */
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
 * Returns the initials for a window's title: enough to tell tabs apart, too little to identify
 * anybody, because browsers and their extensions store titles.
 */
export function initials(name: string | undefined): string {
  const words = (name ?? '').replace(/\([^()]*\)/g, '').match(/\p{L}[\p{L}\p{M}'’-]*/gu) ?? [];
  return words
    .slice(0, 3)
    .map((word) => String.fromCodePoint(word.codePointAt(0) ?? 0).toLocaleUpperCase())
    .join('');
}
