import type { Bundle, Patient } from 'fhir/r4';
import type { FhirClient } from '#fhir/client/client.ts';
import { FhirError } from '#fhir/errors.ts';
import { exactText } from '#fhir/changes/exact-text.ts';
import type { CallOptions, Stored, Versioned } from '#fhir/types.ts';
import { isAbort } from '#lib/app-error.ts';
import { lostBefore, NotSent, wasDeleted } from './mutations-lost.ts';

/*
 * FHIR decimals keep their digits (`47.50`), but JSON.parse turns them into numbers and loses the
 * trailing zeros. An update therefore takes the digits of unchanged numbers from the text of a read
 * that precedes every change (ADR 0023).
 */

/** Elements that hold whole numbers, which JavaScript writes as the server does. */
const WHOLE = /^(?:rank|multipleBirthInteger|value(?:Integer|PositiveInt|UnsignedInt))$/;

/** Whether a patient holds decimals, whose digits a JavaScript number may lose. */
export function holdsDecimals(value: unknown, key = ''): boolean {
  if (typeof value === 'number') return !WHOLE.test(key);
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).some(([name, item]) => holdsDecimals(item, name))
  );
}

/** A patient, or one of its versions, with the JSON text that the server sent. */
export interface AsSent {
  readonly read: Versioned<Patient>;
  readonly text: string;
}

/**
 * Reads the record that a change is based on, with its text.
 *
 * @throws {@link NotSent} if the read fails; NotFound, Gone and an abort are thrown unchanged
 */
export async function asSent(
  client: FhirClient,
  id: string,
  { versionId, signal }: Pick<CallOptions, 'signal'> & { readonly versionId?: string } = {},
): Promise<AsSent> {
  let text = '';
  const parse = (body: string): unknown => JSON.parse((text = body));
  try {
    const read =
      versionId === undefined
        ? await client.read('Patient', id, { parse, signal })
        : await client.vread('Patient', id, versionId, { parse, signal });
    return { read, text };
  } catch (error) {
    throw isAbort(error) || wasDeleted(error) ? error : new NotSent(error);
  }
}

/**
 * Returns the JSON of a patient with the digits of `text`; undefined if `JSON.stringify` writes the
 * same digits.
 */
export function exactPatient(patient: Stored<Patient>, { text }: AsSent): string | undefined {
  return holdsDecimals(patient) ? exactText(text, patient) : undefined;
}

/**
 * Returns the JSON of a patient with the digits of one of its versions.
 *
 * @param madeOf the version that was edited
 * @returns undefined if `JSON.stringify` suffices, or the server refuses to return that version
 */
export async function exactVersion(
  client: FhirClient,
  patient: Stored<Patient>,
  madeOf: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  if (!holdsDecimals(patient)) return undefined;
  try {
    return exactPatient(patient, await asSent(client, patient.id, { versionId: madeOf, signal }));
  } catch (error) {
    // A restore takes the version from the history, which some servers offer without vread.
    if (lostBefore(false, error) instanceof FhirError) return undefined;
    throw error;
  }
}

/**
 * Returns the JSON of a transaction with the digits that the server sent; undefined if
 * `JSON.stringify` suffices.
 *
 * @param sent the patients of the entries, in the same order
 */
export function exactPair(bundle: Bundle, sent: readonly AsSent[]): string | undefined {
  if (!holdsDecimals(bundle)) return undefined;
  return exactText(`{"entry":[${sent.map(({ text }) => `{"resource":${text}}`).join()}]}`, bundle);
}
