import { may, parseScope, type ResourceScope } from '#fhir/permissions/scopes.ts';
import type { LaunchContext } from '#session/session.ts';

/** What came with a token, besides its scopes. */
export interface Arrived {
  readonly context: LaunchContext;
  readonly hasRefreshToken: boolean;
}

/** Scopes that a server did not grant in full, as they were asked for. */
export interface NotGranted {
  /** At least one thing that they would allow is allowed nowhere. */
  readonly missing: readonly string[];
  /** All is allowed that they would allow, but for fewer types or records. */
  readonly narrowed: readonly string[];
}

/** Whether what a scope is for arrived: RFC 6749, 5.1 lets a server leave out the scopes it granted. */
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

/** How much of what one scope would allow others do allow. What a user may includes a patient. */
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
 * Compares by what scopes mean, not by their words: servers answer in the other version of SMART's
 * syntax, with a wildcard for single types or single types for a wildcard, or without repeating all.
 */
export function notGranted(
  asked: readonly string[],
  granted: readonly string[],
  came: Arrived,
): NotGranted {
  const known = granted.map(parseScope).filter((scope) => scope !== undefined);
  // Nothing is said about resources: then the server decides, as everywhere in the app.
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
