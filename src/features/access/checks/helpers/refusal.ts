import { BadResponse, FhirError, Forbidden, NetworkError, NotSupported } from '#fhir/errors.ts';
import { LaunchError, SignInRequired } from '#session/errors.ts';
import type { CheckEnv, Finding, Trouble } from '../../check.ts';
import { barredHeaders } from './barred-headers.ts';
import { passing } from './passing.ts';
import { refusesPost } from '../search-post.ts';
import { usesAzureRoles } from './tenant.ts';

export interface Problem extends Pick<Finding, 'came' | 'means' | 'mend' | 'explains'> {
  /** Message of the server. */
  readonly words?: string | undefined;
}

/** A search for one patient, or reading the launched patient. */
export interface Attempt {
  readonly what: 'search' | 'read';
  /** Whether the granted scopes lack the interaction. */
  readonly lacksScope: boolean;
  /** Whether this page can read `/metadata`. */
  readonly readable: boolean;
}

type Meaning = Pick<Finding, 'means' | 'mend' | 'explains'>;

/** Returns the meaning of a 403, depending on the session and the kind of server. */
function forbidden({ t, server }: CheckEnv, lacksScope: boolean): Meaning {
  const explains = ['trouble403'] as const;
  if (lacksScope) return { means: t('mayScopeMeans'), mend: t('mayScopeMend'), explains };
  return usesAzureRoles(server)
    ? { means: t('trouble403Cause'), mend: t('trouble403Mend'), explains }
    : { means: t('mayForbiddenMeans'), mend: t('mayForbiddenMend'), explains };
}

/** Returns the meaning of a status that is not success. */
function refusal(env: CheckEnv, error: FhirError, { what, lacksScope }: Attempt): Meaning {
  const { t } = env;
  if (what === 'search' && refusesPost(env, error)) {
    return { means: t('searchPostRefusedMeans'), mend: t('searchPostMend') };
  }
  if (error instanceof NotSupported) {
    return {
      means: t('mayNotSupportedMeans', { what }),
      mend: t('mayNotSupportedMend'),
      ...(error.status === 403 && { explains: ['trouble403'] }),
    };
  }
  if (error instanceof Forbidden) return forbidden(env, lacksScope);
  const busy = passing(t, error.status);
  if (busy) return busy;
  const row = error.status === 401 ? 'trouble401' : error.status === 404 && 'trouble404';
  return row
    ? { means: t(`${row}Cause`), mend: t(`${row}Mend`), explains: [row] }
    : { means: t('mayOtherMeans'), mend: t('mayOtherMend') };
}

/**
 * Returns the meaning of a request without a response. If `/metadata` is readable, the origin is
 * allowed: then CORS blocks a header of this request, or most likely the server refused without
 * CORS headers, as Oracle does with 401.
 */
async function unanswered(
  env: CheckEnv,
  { reason }: NetworkError,
  { what, readable }: Attempt,
): Promise<Meaning> {
  const { t, server, locale } = env;
  const explains: readonly Trouble[] = ['troubleCors'];
  if (reason === 'offline') return { means: t('offlineMeans'), mend: t('offlineMend'), explains };
  if (reason === 'timeout') {
    return { means: t('mayTimeoutMeans'), mend: t('metadataServerMend'), explains };
  }
  if (!readable) return { means: t('troubleCorsCause'), mend: t('troubleCorsMend'), explains };
  const barred = await barredHeaders(env, what);
  if (barred.length > 0) {
    const list = new Intl.ListFormat(locale).format(barred);
    const { origin } = location;
    return { means: t('mayHeaderMeans', { list }), mend: t('corsBadMend', { origin }), explains };
  }
  return server?.auth.type === 'open'
    ? { means: t('mayOpenBareMeans'), mend: t('mayOpenBareMend'), explains }
    : { means: t('mayBareMeans'), mend: t('mayBareMend'), explains: ['trouble401'] };
}

/** Returns the meaning of a failed attempt to read, and how to fix it. */
export async function problemOf(env: CheckEnv, error: unknown, attempt: Attempt): Promise<Problem> {
  const { t } = env;
  const { what } = attempt;
  if (error instanceof SignInRequired) {
    const [means, mend] = [t('trouble401Cause'), t('trouble401Mend')];
    return { came: t('mayNoToken'), means, mend, explains: ['trouble401'] };
  }
  // The session failed to get a token, so the FHIR server received no request.
  if (error instanceof LaunchError) {
    return { came: t('mayNoToken'), means: t('mayRenewMeans'), mend: t('mayRenewMend') };
  }
  if (error instanceof FhirError) {
    const came = t('mayProbe', { what, status: error.status });
    return { came, words: error.detail?.slice(0, 500), ...refusal(env, error, attempt) };
  }
  if (error instanceof BadResponse) {
    const came = t('mayProbe', { what, status: error.status });
    return { came, means: t('mayNotFhirMeans'), mend: t('metadataServerMend') };
  }
  if (error instanceof NetworkError) {
    return { came: t('mayProbeNone', { what }), ...(await unanswered(env, error, attempt)) };
  }
  return { came: t('broke'), means: t('broke'), mend: t('brokeMend') };
}
