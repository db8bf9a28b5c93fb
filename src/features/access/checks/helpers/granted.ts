import { may, parseScope, resourceScopes, type ResourceScope } from '#fhir/permissions/scopes.ts';
import type { LaunchContext } from '#session/session.ts';

/** Data of a token response besides the scopes. */
export interface Arrived {
  readonly context: LaunchContext;
  readonly hasRefreshToken: boolean;
}

/** Requested scopes that the server did not grant completely. */
export interface NotGranted {
  /** Scopes with at least one action that is not allowed at all. */
  readonly missing: readonly string[];
  /** Scopes whose actions are all allowed, but for fewer types or records. */
  readonly narrowed: readonly string[];
}

/**
 * Whether the effect of a scope is present, because a server may omit the granted scopes (RFC 6749,
 * 5.1).
 */
function arrived(scope: string, { context, hasRefreshToken }: Arrived): boolean {
  switch (scope) {
    case 'launch':
      return (context.patient ?? context.encounter ?? context.practitioner) !== undefined;
    case 'launch/patient':
      return context.patient !== undefined;
    case 'launch/encounter':
      return context.encounter !== undefined;
    case 'openid':
    case 'profile':
      return context.raw['id_token'] !== undefined;
    case 'fhirUser':
      return context.fhirUser !== undefined;
    case 'offline_access':
    case 'online_access':
      return hasRefreshToken;
    default:
      return false;
  }
}

type Covered = 'whole' | 'part' | 'not';

/**
 * Returns how much of a requested scope the granted ones allow. A user scope includes a patient
 * scope.
 */
function covered(asked: ResourceScope, granted: readonly ResourceScope[]): Covered {
  const about = granted.filter(
    ({ context, type }) =>
      (context === asked.context || (asked.context === 'patient' && context === 'user')) &&
      (type === '*' || type === asked.type || asked.type === '*'),
  );
  const each = asked.actions.map((action): Covered => {
    const of = about.filter(({ actions }) => actions.includes(action));
    const whole = of.some(
      ({ type, filter }) =>
        (type === '*' || type === asked.type) && (!filter || filter === asked.filter),
    );
    return whole ? 'whole' : of.length > 0 ? 'part' : 'not';
  });
  return each.includes('not') ? 'not' : each.includes('part') ? 'part' : 'whole';
}

/**
 * Compares scopes by meaning. Servers may respond in the other version of SMART's syntax, with a
 * wildcard for single types or vice versa, or omit some scopes.
 */
export function notGranted(
  asked: readonly string[],
  granted: readonly string[],
  came: Arrived,
): NotGranted {
  const known = resourceScopes(granted);
  // Without any resource scope only the server decides, as everywhere in the app.
  const silent = may(granted, 'Patient', 'r') === undefined;
  const judge = (scope: string): Covered => {
    if (granted.includes(scope) || arrived(scope, came)) return 'whole';
    const resource = parseScope(scope);
    if (!resource) return 'not';
    return silent ? 'whole' : covered(resource, known);
  };
  return {
    missing: asked.filter((scope) => judge(scope) === 'not'),
    narrowed: asked.filter((scope) => judge(scope) === 'part'),
  };
}
