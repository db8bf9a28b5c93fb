import { BadResponse, FhirError, Forbidden, NetworkError, NotSupported } from '#fhir/errors.ts';
import { LaunchError, SignInRequired } from '#session/errors.ts';
import type { CheckEnv, Finding, Trouble } from '../../check.ts';
import { barredHeaders } from './barred-headers.ts';
import { passing } from './passing.ts';
import { refusesPost } from '../search-post.ts';
import { usesAzureRoles } from './tenant.ts';

export interface Problem extends Pick<Finding, 'came' | 'means' | 'mend' | 'explains'> {
  /** What the server said to it. */
  readonly words?: string | undefined;
}

/** What was tried: a search for one patient, or reading the one that the app was launched for. */
export interface Attempt {
  readonly what: 'search' | 'read';
  /** The granted scopes do not cover it. */
  readonly lacksScope: boolean;
  /** `/metadata` could be read from this page. */
  readonly readable: boolean;
}

type Meaning = Pick<Finding, 'means' | 'mend' | 'explains'>;

/** Why a server says 403, by what is known of the session and of its kind. */
function forbidden({ t, server }: CheckEnv, lacksScope: boolean): Meaning {
  const explains = ['trouble403'] as const;
  if (lacksScope) return { means: t('mayScopeMeans'), mend: t('mayScopeMend'), explains };
  return usesAzureRoles(server)
    ? { means: t('trouble403Cause'), mend: t('trouble403Mend'), explains }
    : { means: t('mayForbiddenMeans'), mend: t('mayForbiddenMend'), explains };
}

/** What it means that the server answered with a status that is not success. */
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
 * A request without an answer. Where `/metadata` can be read, the origin is allowed: then CORS bars a
 * header that goes with this request only, or it is most likely a refusal without CORS headers, as
 * Oracle sends its 401.
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

/** What it means that an attempt to read failed, and what to do. */
export async function problemOf(env: CheckEnv, error: unknown, attempt: Attempt): Promise<Problem> {
  const { t } = env;
  const { what } = attempt;
  if (error instanceof SignInRequired) {
    const [means, mend] = [t('trouble401Cause'), t('trouble401Mend')];
    return { came: t('mayNoToken'), means, mend, explains: ['trouble401'] };
  }
  // Thrown by the session while it gets a token: the FHIR server was not asked.
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
