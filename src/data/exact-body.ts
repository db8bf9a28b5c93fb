import type { Bundle, Patient } from 'fhir/r4';
import type { FhirClient } from '#fhir/client/client.ts';
import { FhirError } from '#fhir/errors.ts';
import { exactText } from '#fhir/changes/exact-text.ts';
import type { CallOptions, Stored, Versioned } from '#fhir/types.ts';
import { isAbort } from '#lib/app-error.ts';
import { lostBefore, NotSent, wasDeleted } from './mutations-lost.ts';

/*
 * What was read is long made of numbers when it is written: kept by the cache, copied by the form,
 * merged. So the digits are taken from the server's own words, which are read before every change
 * (ADR 0023).
 */

/** Elements that hold whole numbers, which are written in one way only. */
const WHOLE = /^(?:rank|multipleBirthInteger|value(?:Integer|PositiveInt|UnsignedInt))$/;

/** Whether something of a patient may have been written with zeros or digits that a number loses. */
export function holdsDecimals(value: unknown, key = ''): boolean {
  if (typeof value === 'number') return !WHOLE.test(key);
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).some(([name, item]) => holdsDecimals(item, name))
  );
}

/** A patient, or a version of it, and the server's own words for it. */
export interface AsSent {
  readonly read: Versioned<Patient>;
  readonly text: string;
}

/**
 * Reads what a change stands on. Throws {@link NotSent} where it cannot be read, NotFound or Gone where
 * it is not there, and an abort as it is.
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

/** @returns undefined where a number that JavaScript writes is as good as the server's own */
export function exactPatient(patient: Stored<Patient>, { text }: AsSent): string | undefined {
  return holdsDecimals(patient) ? exactText(text, patient) : undefined;
}

/**
 * @param madeOf the version that it was made of
 * @returns undefined where the server does not give that version by itself
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
    // A deleted patient is brought back from its history, which some servers keep without vread.
    if (lostBefore(false, error) instanceof FhirError) return undefined;
    throw error;
  }
}

/** @param sent the patients in the entries, in their order */
export function exactPair(bundle: Bundle, sent: readonly AsSent[]): string | undefined {
  if (!holdsDecimals(bundle)) return undefined;
  return exactText(`{"entry":[${sent.map(({ text }) => `{"resource":${text}}`).join()}]}`, bundle);
}
