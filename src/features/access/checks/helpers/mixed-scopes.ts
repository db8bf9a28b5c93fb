import { parseScope } from '#fhir/permissions/scopes.ts';
import { texts } from '#lib/narrow.ts';
import type { Session, TokenReport } from '#session/session.ts';
import type { CheckEnv, Finding } from '../../check.ts';

type Problem = Pick<Finding, 'came' | 'means' | 'mend' | 'verdict'>;

/** Claims in which Microsoft's servers look for SMART scopes. */
const CLAIMS = ['scp', 'scope', 'roles', 'raw_scope'] as const;
/** The permissions of SMART version 1; version 2 has letters. */
const VERSION_1 = /\.(?:read|write|all|\*)(?:\?|$)/;

/** What the token itself says, as far as it can be read: the answer that it came with may word it otherwise. */
function resourceScopes(
  { claims = {} }: TokenReport,
  session: Session | undefined,
): readonly string[] {
  const about = (scopes: readonly string[]) => scopes.filter((scope) => parseScope(scope));
  const claimed = CLAIMS.flatMap((name) => texts(claims[name])).flatMap((c) => c.split(/\s+/));
  const own = about(claimed);
  return own.length > 0 ? own : about(session?.scopes ?? []);
}

/**
 * Scopes that are legal one by one, and together are refused with 400 by Microsoft's servers: of both
 * versions of SMART, or for more than one of patient, user and system.
 *
 * @param verdict how grave that is for the server of this token
 * @see https://github.com/microsoft/fhir-server/pull/5717
 */
export function mixedScopes(
  { t, locale, session }: Pick<CheckEnv, 't' | 'locale' | 'session'>,
  report: TokenReport,
  verdict: Finding['verdict'],
): Problem | undefined {
  const scopes = [...new Set(resourceScopes(report, session))];
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
