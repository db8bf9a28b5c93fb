import type { ResourceType } from '../types.ts';

/** Create, read, update, delete, search: the letters of SMART v2 scopes. */
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
 * Reads one granted scope: SMART v1 (`patient/*.read`), v2 (`user/Patient.cruds?...`), and the
 * spellings of Entra, which forbids the slash: `patient.Patient.rs`, `patient$Patient.rs`,
 * `patient%2fPatient.rs`, each possibly after the audience's address.
 *
 * @returns undefined for scopes about anything but resources (`launch`, `openid`, `user_impersonation`)
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

/** What SMART App Launch grants besides resources. */
const ABOUT_LAUNCH = /^(openid|profile|email|fhirUser|(online|offline)_access|launch(\/\w+)?)$/;

/** A SMART server listed the granted scopes, and none is for a resource. */
function grantsNothing(scopes: readonly string[]): boolean {
  return (
    scopes.some((scope) => /^(fhirUser|launch)/.test(scope)) &&
    scopes.every((scope) => ABOUT_LAUNCH.test(scope))
  );
}

/**
 * Whether granted scopes allow an action. A scope with a filter counts: the server decides which
 * resources it covers.
 *
 * @returns undefined where the scopes say nothing about resources: then let the server decide
 */
export function may(
  scopes: readonly string[] | undefined,
  type: ResourceType,
  action: Action,
): boolean | undefined {
  const known = (scopes ?? []).map(parseScope).filter((s) => s !== undefined);
  if (known.length === 0) return grantsNothing(scopes ?? []) ? false : undefined;
  return known.some(
    (s) =>
      (s.type === '*' || s.type === type) &&
      s.actions.includes(action) &&
      // What holds for the one patient of the launch makes no second one.
      (action !== 'c' || type !== 'Patient' || s.context !== 'patient'),
  );
}

/**
 * Whether all that was granted is for the one patient of the launch (SMART App Launch 2.2, "Scopes
 * for requesting FHIR Resources": `patient/`).
 */
export function onlyOfPatient(scopes: readonly string[] | undefined): boolean {
  const known = (scopes ?? []).map(parseScope).filter((s) => s !== undefined);
  return known.length > 0 && known.every(({ context }) => context === 'patient');
}
