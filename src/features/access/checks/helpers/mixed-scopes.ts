import { parseScope } from '#fhir/permissions/scopes.ts';
import { texts } from '#lib/narrow.ts';
import type { Session, TokenReport } from '#session/session.ts';
import type { CheckEnv, Judgement, Verdict } from '../../check.ts';

/** Claims in which Microsoft's servers look for SMART scopes. */
const CLAIMS = ['scp', 'scope', 'roles', 'raw_scope'] as const;
/** Matches permissions of SMART version 1; version 2 uses letters. */
const VERSION_1 = /\.(?:read|write|all|\*)(?:\?|$)/;

/**
 * Returns the resource scopes in the token if readable, otherwise those of the token response,
 * which may be worded differently.
 */
function scopesOf({ claims = {} }: TokenReport, session: Session | undefined): readonly string[] {
  const about = (scopes: readonly string[]) => scopes.filter((scope) => parseScope(scope));
  const claimed = CLAIMS.flatMap((name) => texts(claims[name])).flatMap((c) => c.split(/\s+/));
  const own = about(claimed);
  return own.length > 0 ? own : about(session?.scopes ?? []);
}

/**
 * Returns the problem of scopes that are valid individually, but that Microsoft's servers refuse
 * together with 400: both versions of SMART, or more than one of patient, user and system.
 *
 * @param verdict severity for the server of this token
 * @see https://github.com/microsoft/fhir-server/pull/5717
 */
export function mixedScopes(
  { t, locale, session }: Pick<CheckEnv, 't' | 'locale' | 'session'>,
  report: TokenReport,
  verdict: Verdict,
): Judgement | undefined {
  const scopes = [...new Set(scopesOf(report, session))];
  const list = scopes.join(' ');
  const [means, mend] = [t('tokenMixedMeans'), t('tokenMixedMend')];
  if (new Set(scopes.map((scope) => VERSION_1.test(scope))).size > 1) {
    return { verdict, came: t('tokenMixedVersions', { list }), means, mend };
  }
  const contexts = [...new Set(scopes.map((scope) => `${parseScope(scope)?.context}/`))];
  if (contexts.length < 2) return undefined;
  const kinds = new Intl.ListFormat(locale).format(contexts);
  return { verdict, came: t('tokenMixedContexts', { kinds, list }), means, mend };
}
