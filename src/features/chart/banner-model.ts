import type { Patient } from 'fhir/r4';
import { birthDateProblem, patientAge } from '#fhir/age.ts';
import { caveats, type Caveat } from '#fhir/caveats.ts';
import { formatDate, formatDateLong } from '#fhir/dates.ts';
import { displayName, type NameFlag } from '#fhir/names.ts';
import {
  addresses,
  gender,
  identifiers,
  patientStatus,
  telecoms,
  type PatientStatus,
  type ShownIdentifier,
  type ShownTelecom,
} from '#fhir/patient.ts';
import {
  careProviders,
  interpreterRequired,
  languages,
  patientLinks,
} from '#fhir/patient-details.ts';

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
  /** The numbers in use, the most official first. Never the logical id. */
  readonly numbers: readonly ShownIdentifier[];
  /** How to reach a living patient. */
  readonly contact: ShownTelecom | undefined;
  /** The one in use, in a line. */
  readonly address: string | undefined;
  /** General practitioners, in words. */
  readonly practitioners: readonly string[];
  readonly status: PatientStatus;
  /** Ids of the records that this one replaces (R4 link-type `replaces`). */
  readonly replaces: readonly string[];
  /** What is doubtful about the birth date. */
  readonly birthDateDoubt: ReturnType<typeof birthDateProblem>;
  /** There where an interpreter is needed; with the language where it is known. */
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
    numbers: identifiers(patient).filter((i) => !i.old),
    contact: status.deceased ? undefined : telecoms(patient).find((t) => !t.old),
    address: addresses(patient)
      .find((a) => !a.old)
      ?.lines.join(', '),
    practitioners: careProviders(patient).practitioners,
    status,
    replaces: replacedIds(patient, baseUrl),
    birthDateDoubt: birthDateProblem(patient.birthDate),
    interpreter: interpreterRequired(patient)
      ? { language: languages(patient)[0]?.language }
      : undefined,
    caveats: caveats(patient),
  };
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
  const words = (name ?? '').replace(/\([^)]*\)/g, '').match(/\p{L}[\p{L}\p{M}'’-]*/gu) ?? [];
  return words
    .slice(0, 3)
    .map((word) => String.fromCodePoint(word.codePointAt(0) ?? 0).toLocaleUpperCase())
    .join('');
}
