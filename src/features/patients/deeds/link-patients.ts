import type { Bundle, Patient, PatientLink } from 'fhir/r4';
import type { FhirClient } from '#fhir/client.ts';
import { AnswerLost, isLost, updateOnce } from '#data/mutations-lost.ts';
import { Conflict, Forbidden, Invalid, NotFound, NotSupported, silent } from '#fhir/errors.ts';
import { isGenerated } from '#fhir/narrative.ts';
import { localReference } from '#fhir/reference.ts';
import type { Stored, Versioned } from '#fhir/types.ts';

/** The two records of one person: the one that must no longer be used, and the one that stays. */
export interface Pair {
  readonly gone: Versioned<Patient>;
  readonly stays: Versioned<Patient>;
}

/** The record that stays says so, the other one does not yet: both can be used, and one may try again. */
export class HalfLinked extends Error {
  constructor(cause: unknown) {
    super('only the surviving record was linked', { cause });
  }
}

const hasLink = (
  patient: Stored<Patient>,
  type: PatientLink['type'],
  other: string,
  baseUrl: string,
): boolean =>
  (patient.link ?? []).some(
    (link) => link.type === type && localReference(link.other, baseUrl)?.id === other,
  );

/** Adds a link, unless it is there already. A generated narrative would go on saying the old thing. */
function withLink(
  patient: Stored<Patient>,
  type: PatientLink['type'],
  other: string,
  baseUrl: string,
): Stored<Patient> {
  if (hasLink(patient, type, other, baseUrl)) return patient;
  const { text, ...rest } = patient;
  return {
    ...rest,
    ...(!isGenerated(text) && text && { text }),
    link: [...(patient.link ?? []), { other: { reference: `Patient/${other}` }, type }],
  };
}

/**
 * The two records with their links: `replaces` on the one that stays, `replaced-by` on the other,
 * which also becomes inactive. https://hl7.org/fhir/R4/valueset-link-type.html
 */
export function linked({ gone, stays }: Pair, baseUrl: string) {
  const marked = withLink(gone.resource, 'replaced-by', stays.resource.id, baseUrl);
  return {
    gone: { ...marked, active: false },
    stays: withLink(stays.resource, 'replaces', gone.resource.id, baseUrl),
  };
}

/** Both updates in one transaction, each bound to the version that was compared. */
export function linkBundle(pair: Pair, baseUrl: string): Bundle {
  const after = linked(pair, baseUrl);
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: (['stays', 'gone'] as const).map((which) => ({
      fullUrl: `${baseUrl}/Patient/${after[which].id}`,
      resource: after[which],
      request: {
        method: 'PUT',
        url: `Patient/${after[which].id}`,
        ...(pair[which].etag && { ifMatch: pair[which].etag }),
      },
    })),
  };
}

/** A server without transactions says so in one of these ways; then nothing was done. */
const noTransactions = (error: unknown): boolean =>
  error instanceof NotSupported ||
  error instanceof NotFound ||
  error instanceof Forbidden ||
  (error instanceof Invalid && (error.status === 400 || error.status === 415));

/** A server that takes the two updates one by one may do one and answer 200 all the same. */
const allDone = ({ entry }: Bundle): boolean =>
  (entry ?? []).every(({ response }) => !response || /^2\d\d/.test(response.status));

/** Finds out what became of a transaction whose answer was lost; nothing to do where it was done. */
async function settle(client: FhirClient, pair: Pair, cause: unknown): Promise<void> {
  const { gone, stays } = pair;
  const now = await Promise.all(
    [gone, stays].map(({ resource: { id } }) => client.read('Patient', id)),
  ).catch(() => undefined);
  const [goneNow, staysNow] = now ?? [];
  if (!goneNow || !staysNow) throw new AnswerLost('unknown', cause);
  const says = (patient: Stored<Patient>, type: PatientLink['type'], other: string): boolean =>
    hasLink(patient, type, other, client.baseUrl);
  const replaced = says(goneNow.resource, 'replaced-by', stays.resource.id);
  const replaces = says(staysNow.resource, 'replaces', gone.resource.id);
  if (replaced && replaces) return;
  const untouched = goneNow.etag === gone.etag && staysNow.etag === stays.etag;
  throw untouched ? new AnswerLost('not-done', cause) : new Conflict(silent(412));
}

/**
 * Links two records of one person: both at once where the server does transactions. Elsewhere one
 * after the other, first the record that stays: if the second step fails, no record points to
 * another that knows nothing of it, and both can still be used.
 *
 * Throws Conflict where one of them was changed since it was read, {@link HalfLinked} where only
 * the first of two steps was done, AnswerLost where the answer was lost and neither was changed, and
 * what the client throws.
 *
 * @param transaction whether the server declares transactions
 */
export async function linkPatients(
  client: FhirClient,
  pair: Pair,
  transaction: boolean,
): Promise<void> {
  const { gone, stays } = pair;
  if (!gone.etag || !stays.etag) throw new Error('both versions must be known');
  if (transaction) {
    try {
      const answer = await client.batch(linkBundle(pair, client.baseUrl));
      if (!allDone(answer)) await settle(client, pair, answer);
      return;
    } catch (error) {
      if (isLost(error)) return settle(client, pair, error);
      if (!noTransactions(error)) throw error;
    }
  }
  const after = linked(pair, client.baseUrl);
  if (after.stays !== stays.resource) {
    await updateOnce(client, after.stays, stays.etag);
  }
  try {
    await updateOnce(client, after.gone, gone.etag);
  } catch (error) {
    throw new HalfLinked(error);
  }
}
