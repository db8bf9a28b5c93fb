import type { Patient } from 'fhir/r4';
import { addresses } from '#fhir/patient/addresses.ts';
import { displayName } from '#fhir/patient/names.ts';
import { gender, identifiers, patientStatus, telecoms } from '#fhir/patient/patient.ts';
import { text, record } from '#lib/narrow.ts';

/** The selected patients by id. */
export type Selected = ReadonlyMap<string, Patient>;

/**
 * Returns a quoted cell that no spreadsheet runs as a formula: text that begins with `=`, `+`, `-`,
 * `@`, a tab or a line end, full-width forms included, gets an apostrophe in front
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
export function csvCell(value: string | undefined): string {
  const safe = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(value ?? '') ? `'${value}` : (value ?? '');
  return `"${safe.replace(/"/g, '""')}"`;
}

const phone = (patient: Patient, system: string): string | undefined =>
  telecoms(patient).find((t) => !t.old && t.system === system)?.value;

const COLUMNS: Readonly<Record<string, (patient: Patient) => string | undefined>> = {
  id: (p) => text(record(p)['id']),
  name: (p) => displayName(p).text,
  // Name parts as recorded, because `name` has the family name in capitals.
  family: (p) => displayName(p).parts?.family,
  given: (p) => displayName(p).parts?.given.join(' '),
  birthDate: (p) => text(record(p)['birthDate']),
  gender: (p) => gender(p),
  identifiers: (p) =>
    identifiers(p)
      .filter(({ old }) => !old)
      .map(({ system, raw }) => `${system ?? ''}|${raw}`)
      .join('; '),
  phone: (p) => phone(p, 'phone'),
  email: (p) => phone(p, 'email'),
  address: (p) => {
    const [address] = addresses(p);
    return address?.old ? undefined : address?.lines.join(', ');
  },
  active: (p) => (patientStatus(p).inactive ? 'false' : ''),
  deceased: (p) => {
    const { deceased } = patientStatus(p);
    return deceased && (p.deceasedDateTime ?? 'true');
  },
  replacedBy: (p) => {
    const { merged, mergedInto } = patientStatus(p);
    return merged ? (mergedInto ?? 'true') : undefined;
  },
  restricted: (p) => (patientStatus(p).restricted ? 'true' : ''),
  test: (p) => (patientStatus(p).test ? 'true' : ''),
};

/** Returns CSV (RFC 4180) with a byte order mark, by which Excel recognises UTF-8. */
export function toCsv(patients: Iterable<Patient>): string {
  const readers = Object.values(COLUMNS);
  const lines = [...patients].map((patient) => readers.map((read) => csvCell(read(patient))));
  return `\uFEFF${[Object.keys(COLUMNS), ...lines].map((line) => line.join(',')).join('\r\n')}\r\n`;
}

/** Returns one resource per line, as the server sent it (https://hl7.org/fhir/R4/nd-json.html). */
export function toNdjson(patients: Iterable<Patient>): string {
  return [...patients].map((patient) => `${JSON.stringify(patient)}\n`).join('');
}
