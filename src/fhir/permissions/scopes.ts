import type { ResourceType } from '../types.ts';

/** The letters of SMART v2 scopes: create, read, update, delete, search. */
export type Action = 'c' | 'r' | 'u' | 'd' | 's';

export interface ResourceScope {
  readonly context: 'patient' | 'user' | 'system';
  /** A resource type, or `*`. */
  readonly type: string;
  readonly actions: readonly Action[];
  /** SMART v2 finer-grained filter, such as `category=vital-signs`. */
  readonly filter: string | undefined;
}

const ALL: readonly Action[] = ['c', 'r', 'u', 'd', 's'];
const V1: Readonly<Record<string, readonly Action[]>> = {
  read: ['r', 's'],
  write: ['c', 'u', 'd'],
  '*': ALL,
  all: ALL,
};

/**
 * Parses one granted scope: SMART v1 (`patient/*.read`), v2 (`user/Patient.cruds?...`), and the
 * spellings for Entra, which forbids the slash: `patient.Patient.rs`, `patient$Patient.rs`,
 * `patient%2fPatient.rs`, each possibly after the audience's URL.
 *
 * @returns undefined for a scope that is not about resources (`launch`, `openid`,
 *   `user_impersonation`)
 */
export function parseScope(scope: string): ResourceScope | undefined {
  const plain = scope.replace(/%2f/gi, '/');
  const m =
    /(?:^|\/)(patient|user|system)[/.$](\*|all|[A-Z][A-Za-z]+)\.(read|write|all|\*|[cruds]+)(?:\?(.+))?$/.exec(
      plain,
    );
  if (!m) return undefined;
  const verbs = m[3] ?? '';
  const letters = ALL.filter((a) => verbs.includes(a));
  return {
    context: m[1] as ResourceScope['context'],
    type: m[2] === 'all' ? '*' : (m[2] ?? ''),
    actions: Object.hasOwn(V1, verbs) ? (V1[verbs] ?? []) : letters,
    filter: m[4],
  };
}

/** Returns the parsed scopes that are about resources; none if the server named none. */
export const resourceScopes = (scopes: readonly string[] = []): readonly ResourceScope[] =>
  scopes.map(parseScope).filter((scope) => scope !== undefined);

/** Scopes of SMART App Launch that are not about resources. */
const ABOUT_LAUNCH = /^(openid|profile|email|fhirUser|(online|offline)_access|launch(\/\w+)?)$/;

/** True if the scopes are those of a SMART server and none of them is for a resource. */
function grantsNothing(scopes: readonly string[]): boolean {
  return (
    scopes.some((scope) => /^(fhirUser|launch)/.test(scope)) &&
    scopes.every((scope) => ABOUT_LAUNCH.test(scope))
  );
}

/**
 * Whether granted scopes allow an action. A scope with a filter counts, because the server decides
 * which resources it covers.
 *
 * @returns undefined if the scopes say nothing about resources, so that the server must decide
 */
export function may(
  scopes: readonly string[] | undefined,
  type: ResourceType,
  action: Action,
): boolean | undefined {
  const known = resourceScopes(scopes);
  if (known.length === 0) return grantsNothing(scopes ?? []) ? false : undefined;
  return known.some(
    (s) =>
      (s.type === '*' || s.type === type) &&
      s.actions.includes(action) &&
      // A scope for the one patient of the launch does not allow creating another patient.
      (action !== 'c' || type !== 'Patient' || s.context !== 'patient'),
  );
}

/**
 * Whether all granted resource scopes are limited to the one patient of the launch: `patient/`
 * (SMART App Launch 2.2, "Scopes for requesting FHIR Resources").
 */
export function onlyOfPatient(scopes: readonly string[] | undefined): boolean {
  const known = resourceScopes(scopes);
  return known.length > 0 && known.every(({ context }) => context === 'patient');
}
