import { FhirError, NotSupported, ServerError } from '#fhir/errors.ts';
import { SignInRequired } from '#session/errors.ts';
import type { CheckEnv, Finding, T, Trouble } from '../check.ts';

type Problem = Pick<Finding, 'came' | 'means' | 'mend' | 'explains'>;

export interface Tried {
  /** A search for one patient was answered. */
  readonly searched: boolean;
  /** The patient found, or that of the launch, could be read. */
  readonly read: boolean;
  readonly problem: Problem | undefined;
}

const ROWS: Readonly<Record<number, Trouble & `trouble${number}`>> = {
  401: 'trouble401',
  403: 'trouble403',
  404: 'trouble404',
  429: 'trouble429',
};

/** What it means that the server answered with a status that is not success. */
function refusal(t: T, error: FhirError): Pick<Problem, 'means' | 'mend' | 'explains'> {
  const row = ROWS[error.status];
  const explains = row && ([row] as const);
  if (error instanceof NotSupported) {
    const [means, mend] = [t('mayNotSupportedMeans'), t('mayNotSupportedMend')];
    return { means, mend, ...(explains && { explains }) };
  }
  if (error instanceof ServerError) {
    return { means: t('metadataServerMeans'), mend: t('metadataServerMend') };
  }
  return row && explains
    ? { means: t(`${row}Cause`), mend: t(`${row}Mend`), explains }
    : { means: t('mayOtherMeans'), mend: t('mayOtherMend') };
}

/**
 * A search without an answer. Where `/metadata` can be read, the origin is allowed: then it is most
 * likely a refusal without CORS headers, as Oracle sends its 401.
 */
function silent(t: T, readable: boolean): Problem {
  const came = t('mayProbeNone');
  return readable
    ? { came, means: t('mayBareMeans'), mend: t('mayBareMend'), explains: ['trouble401'] }
    : { came, means: t('troubleCorsCause'), mend: t('troubleCorsMend'), explains: ['troubleCors'] };
}

/**
 * Searches for one patient and reads one: what the server says to this person, now. Shows nothing
 * of the patient.
 *
 * @param readable whether `/metadata` could be read from this page
 */
export async function tryReading(env: CheckEnv, readable: boolean): Promise<Tried> {
  const { t, fhir, signal, session } = env;
  const nothing = { searched: false, read: false };
  let id = session?.context.patient;
  let searched = false;
  try {
    const found = await fhir?.client.search('Patient', { _count: 1 }, undefined, { signal });
    searched = true;
    id ??= found?.items[0]?.id;
  } catch (error) {
    if (error instanceof SignInRequired) {
      const [means, mend] = [t('trouble401Cause'), t('trouble401Mend')];
      const problem = { came: t('mayNoToken'), means, mend, explains: ['trouble401'] as const };
      return { ...nothing, problem };
    }
    if (!(error instanceof FhirError)) return { ...nothing, problem: silent(t, readable) };
    // A server that wants a search parameter says 400 to this search: that is no lack of rights.
    if (error.status !== 400) {
      const came = t('mayProbe', { status: error.status });
      return { ...nothing, problem: { came, ...refusal(t, error) } };
    }
  }
  try {
    if (id !== undefined) await fhir?.client.read('Patient', id, { signal });
    return { searched, read: id !== undefined, problem: undefined };
  } catch {
    // The search was answered; a launched patient that cannot be read has a page of its own.
    return { searched, read: false, problem: undefined };
  }
}
