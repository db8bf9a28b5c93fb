import { parseScope, scopesAllow } from './scopes.ts';
import { problem, type FhirProblem } from './outcome.ts';

/** Roles of the Azure FHIR service. */
export type FhirRole =
  | 'FHIR Data Reader'
  | 'FHIR Data Writer'
  | 'FHIR Data Contributor'
  | 'FHIR Data Exporter'
  | 'FHIR SMART User';

/** The rights that a token grants. */
export interface Access {
  subject: string;
  /** Granted SMART scopes, v1 or v2. */
  scopes?: readonly string[];
  roles?: readonly FhirRole[];
  /** The patient in context, to whom `patient/` scopes are limited. */
  patient?: string;
}

/** Resolves to the rights that a token grants; undefined for a token that is not valid here. */
export type TokenVerifier = (token: string) => Promise<Access | undefined>;

/** A permission: c, r, u, d, s as in SMART v2 scopes; `export` is Azure's own. */
export type Permission = 'c' | 'r' | 'u' | 'd' | 's' | 'export';

const rolePermissions: Readonly<Record<FhirRole, readonly Permission[]>> = {
  'FHIR Data Reader': ['r', 's'],
  'FHIR Data Writer': ['r', 's', 'c', 'u', 'd'],
  'FHIR Data Contributor': ['r', 's', 'c', 'u', 'd', 'export'],
  'FHIR Data Exporter': ['r', 's', 'export'],
  'FHIR SMART User': ['r', 's'],
};

/** The resources of a type that one scope grants. */
export interface Limit {
  /** The patient to whose compartment the scope is limited. */
  compartment?: string;
  /** The search query of a granular scope: `category=laboratory`. */
  filter?: string | undefined;
}

/** A decision: refused, or allowed for everything or for what is within one of the limits. */
export type Decision = { allowed: false } | { allowed: true; limits?: readonly Limit[] };

/**
 * Decides whether a token permits an interaction with a resource type. Roles decide when the token
 * has any; scopes decide when it has none, and in addition to the role of a SMART user.
 */
export function decide(access: Access, type: string, permission: Permission): Decision {
  const { roles } = access;
  if (roles !== undefined && roles.length > 0) {
    if (!roles.some((role) => rolePermissions[role]?.includes(permission)))
      return { allowed: false };
    if (!roles.every((role) => role === 'FHIR SMART User')) return { allowed: true };
  } else if (access.scopes === undefined) return { allowed: false };
  const scopes = (access.scopes ?? []).flatMap((text) => parseScope(text) ?? []);
  return scopesAllow(scopes, type, permission, access.patient);
}

export const forbidden = (text = 'Authorization failed.'): FhirProblem =>
  problem(403, 'forbidden', text);

export const unauthorized = (): FhirProblem =>
  problem(401, 'login', 'Authentication failed.', { 'WWW-Authenticate': 'Bearer' });
