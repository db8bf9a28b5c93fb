import type { Decision, Limit, Permission } from './access.ts';

/** A clinical scope of SMART App Launch, from v1 or v2 syntax, with v2 letters. */
export interface ResourceScope {
  context: 'patient' | 'user' | 'system';
  /** Resource type or `*`. */
  type: string;
  /** Some of the letters `cruds`, in that order. */
  permissions: string;
  /** The search query of a granular v2 scope, which limits it to the matching resources. */
  filter?: string;
}

/**
 * Reads `patient/Observation.rs`, `user/*.read`, `launch` and the like.
 *
 * @returns undefined for a scope that is not about resources, or that is malformed: the letters
 *   must come in the order c, r, u, d, s
 * @see https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html
 */
export function parseScope(text: string): ResourceScope | undefined {
  const match =
    /^(patient|user|system)\/(\*|[A-Z]\w*)\.(read|write|\*|c?r?u?d?s?)(?:\?(.*))?$/.exec(text);
  if (!match?.[3]) return undefined;
  const v1: Record<string, string> = { read: 'rs', write: 'cud', '*': 'cruds' };
  return {
    context: match[1] as ResourceScope['context'],
    type: match[2] ?? '*',
    permissions: v1[match[3]] ?? match[3],
    ...(match[4] !== undefined && { filter: match[4] }),
  };
}

/**
 * Returns the decision of the scopes. A `patient/` scope grants access to `patient` only, and a
 * filter to what matches it.
 */
export function scopesAllow(
  scopes: readonly ResourceScope[],
  type: string,
  permission: Permission,
  patient: string | undefined,
): Decision {
  const needed = permission === 'export' ? 'r' : permission;
  const granting = scopes.filter(
    (scope) => (scope.type === '*' || scope.type === type) && scope.permissions.includes(needed),
  );
  if (permission === 'export') {
    const all = granting.some(
      ({ context, filter }) => context === 'system' && filter === undefined,
    );
    return { allowed: all };
  }
  const limits = granting.flatMap(({ context, filter }): Limit[] => {
    if (context !== 'patient') return [{ filter }];
    return patient === undefined ? [] : [{ compartment: patient, filter }];
  });
  if (limits.length === 0) return { allowed: false };
  const everything = limits.some((limit) => !limit.compartment && limit.filter === undefined);
  return everything ? { allowed: true } : { allowed: true, limits };
}
