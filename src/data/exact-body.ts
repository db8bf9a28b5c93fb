import type { Bundle, Patient } from 'fhir/r4';
import type { FhirClient } from '#fhir/client.ts';
import { FhirError, NetworkError } from '#fhir/errors.ts';
import { exactText } from '#fhir/exact-text.ts';
import type { Stored } from '#fhir/types.ts';
import { isLost, NotSent } from './mutations-lost.ts';

/*
 * What was read is long made of numbers when it is written: kept by the cache, copied by the form,
 * merged. So the digits are fetched once more, and only for the few patients that hold decimals
 * (a geolocation, mostly). What is not as it was then is refused by `If-Match`.
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

/** A patient, or a version of it, in the server's own words. Throws {@link NotSent}. */
async function asSent(client: FhirClient, id: string, versionId?: string): Promise<string> {
  let sent = '';
  const parse = (text: string): unknown => JSON.parse((sent = text));
  try {
    if (versionId === undefined) await client.read('Patient', id, { parse });
    else await client.vread('Patient', id, versionId, { parse });
  } catch (error) {
    throw error instanceof NetworkError || isLost(error) ? new NotSent(error) : error;
  }
  return sent;
}

/**
 * @param madeOf the version that it was made of; undefined for the present one
 * @returns undefined where the server does not give that version by itself
 */
export async function exactPatient(
  client: FhirClient,
  patient: Stored<Patient>,
  madeOf: string | undefined,
): Promise<string | undefined> {
  try {
    return exactText(await asSent(client, patient.id, madeOf), patient);
  } catch (error) {
    // A deleted patient is brought back from its history, which some servers keep without vread.
    if (madeOf !== undefined && error instanceof FhirError) return undefined;
    throw error;
  }
}

/** @param ids of the patients in the entries, in their order */
export async function exactPair(
  client: FhirClient,
  bundle: Bundle,
  ids: readonly string[],
): Promise<string> {
  const sent = await Promise.all(ids.map((id) => asSent(client, id)));
  return exactText(`{"entry":[${sent.map((text) => `{"resource":${text}}`).join()}]}`, bundle);
}
