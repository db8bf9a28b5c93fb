import { isWord, word } from '#i18n/words.ts';
import { number, record, records, text, type Json } from '#lib/narrow.ts';
import { locale } from '#lib/settings.ts';
import { codingText, conceptText, hasCode } from '../values/coding.ts';
import { coversDay, localDay, today } from '../dates/dates.ts';
import { localReference } from '../reference.ts';
import { isRestricted } from '../caveats/security-label.ts';

/** Warnings that must be shown beside a patient's name, in the list and in the banner. */
export interface PatientStatus {
  /** Set if the patient died; `date` is undefined if it is not known: "Died date Not Known". */
  readonly deceased: { readonly date: string | undefined } | undefined;
  readonly inactive: boolean;
  /** Whether the record has a link of type `replaced-by`, and so "must no longer be used". */
  readonly merged: boolean;
  /** Id of the surviving record, if it is on this server. */
  readonly mergedInto: string | undefined;
  /** Whether `meta.security` restricts the record. False does not mean unrestricted. */
  readonly restricted: boolean;
  readonly test: boolean;
}

function labelled(labels: unknown, codes: readonly string[]): boolean {
  return codes.some((code) => hasCode({ coding: records(labels) }, code));
}

/** Returns the local date of death, undefined inside if not known; undefined if the patient is alive. */
export function death(patient: Json): PatientStatus['deceased'] {
  const date = localDay(text(patient['deceasedDateTime']));
  // `_deceasedDateTime` alone means that there is a date of death that the server withholds.
  return date || patient['_deceasedDateTime'] || patient['deceasedBoolean'] === true
    ? { date }
    : undefined;
}

/**
 * Returns the status of a patient record.
 *
 * @param baseUrl the server's base, to recognise an absolute reference to the surviving record
 */
export function patientStatus(patient: unknown, baseUrl?: string): PatientStatus {
  const p = record(patient);
  const meta = record(p['meta']);
  const replaced = records(p['link']).find((l) => l['type'] === 'replaced-by');
  const survivor = localReference(replaced?.['other'], baseUrl);
  return {
    deceased: death(p),
    inactive: p['active'] === false,
    merged: replaced !== undefined,
    mergedInto: survivor?.type === 'Patient' ? survivor.id : undefined,
    restricted: isRestricted(meta['security']),
    test: labelled(meta['security'], ['HTEST']) || labelled(meta['tag'], ['HTEST', 'test', 'TEST']),
  };
}

export interface InUse {
  readonly use: string | undefined;
  /** True if not in use on the day: `use` is old, or the period has ended or not begun. */
  readonly old: boolean;
  readonly period: unknown;
}

/** Returns use and period of an identifier, telecom or address. */
export function inUse({ use, period }: Json, day: string): InUse {
  return { use: text(use), old: use === 'old' || !coversDay(period, day), period };
}

export interface ShownIdentifier extends InUse {
  /** The value for display: an NHS number is grouped by 3, 3 and 4 digits. */
  readonly value: string;
  /** The value as recorded. */
  readonly raw: string;
  readonly system: string | undefined;
  readonly type: string | undefined;
  readonly assigner: string | undefined;
}

const TYPES = 'http://terminology.hl7.org/CodeSystem/v2-0203';

/** Returns the recorded text of an identifier's type; a standard code is translated. */
export function identifierType(identifier: Json): string | undefined {
  const named = conceptText(identifier['type']);
  const coding = records(record(identifier['type'])['coding']).find((c) => c['system'] === TYPES);
  // In English the server's display needs no translation.
  const code = locale() !== 'en' && named === codingText(coding) ? text(coding?.['code']) : named;
  const id = `id.${code ?? (identifier['system'] === NHS_NUMBER ? 'NHS' : '')}`;
  return isWord(id) ? word(id) : named;
}

const NHS_NUMBER = 'https://fhir.nhs.uk/Id/nhs-number';

/**
 * Returns the identifiers of a patient, old ones last. The current ones begin with `usual`, which
 * is "recommended for display and use in real-world interactions" (R4 identifier-use), and end with
 * `temp` and `secondary`. Of one use, medical record and national numbers come first, and a copy of
 * the logical id, which Synthea records, last.
 */
export function identifiers(patient: unknown, day: string = today()): readonly ShownIdentifier[] {
  const { id, identifier } = record(patient);
  const order = (i: Json) => {
    const { old, use } = inUse(i, day);
    const official = ['MR', 'NI'].some((code) => hasCode(i['type'], code));
    return (
      (old ? 8 : 0) +
      (use === 'usual' ? -3 : use === 'temp' || use === 'secondary' ? 4 : 0) +
      (i['value'] === id ? 1 : official || i['system'] === NHS_NUMBER ? -1 : 0)
    );
  };
  return records(identifier)
    .toSorted((a, b) => order(a) - order(b))
    .flatMap((i): ShownIdentifier[] => {
      const raw = text(i['value']);
      if (raw === undefined) return [];
      const system = text(i['system']);
      const grouped =
        system === NHS_NUMBER && /^\d{10}$/.test(raw)
          ? raw.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3')
          : raw;
      return [
        {
          value: grouped,
          raw,
          system,
          type: identifierType(i),
          assigner: text(record(i['assigner'])['display']),
          ...inUse(i, day),
        },
      ];
    });
}

export interface ShownTelecom extends InUse {
  readonly value: string;
  /** phone, email, fax, pager, url, sms or other; undefined if not recorded. */
  readonly system: string | undefined;
}

/** Returns phone numbers, email and so on: current ones first, then by `rank` (1 is best). */
export function telecoms(holder: unknown, day: string = today()): readonly ShownTelecom[] {
  return records(record(holder)['telecom'])
    .flatMap((t) => {
      const value = text(t['value']);
      if (value === undefined) return [];
      const system = text(t['system']);
      const shown = { value, system, ...inUse(t, day) };
      return [{ rank: (shown.old ? 1e6 : 0) + (number(t['rank']) ?? 1e5), shown }];
    })
    .toSorted((a, b) => a.rank - b.rank)
    .map((t) => t.shown);
}

const GENDERS = ['male', 'female', 'other', 'unknown'] as const;

/** Returns `Patient.gender` if it is one of the four codes of R4. */
export function gender(patient: unknown): (typeof GENDERS)[number] | undefined {
  const code = record(patient)['gender'];
  return GENDERS.find((known) => known === code);
}
