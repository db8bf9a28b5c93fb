import { useQuery } from '@tanstack/react-query';
import type { Capability, Interaction } from '#fhir/permissions/capability.ts';
import { may, type Action } from '#fhir/permissions/scopes.ts';
import type { ResourceType } from '#fhir/types.ts';
import { useFhir } from './fhir-context.ts';
import { capabilitiesQuery } from './queries.ts';

/** What the user may want to do with a resource type. */
export type Permission = 'create' | 'read' | 'update' | 'delete' | 'search' | 'history' | 'vread';

const ACTIONS: Readonly<Record<Permission, Action>> = {
  create: 'c',
  read: 'r',
  update: 'u',
  delete: 'd',
  search: 's',
  history: 'r',
  vread: 'r',
};

const INTERACTIONS: Readonly<Record<Permission, Interaction>> = {
  create: 'create',
  read: 'read',
  update: 'update',
  delete: 'delete',
  search: 'search-type',
  history: 'history-instance',
  vread: 'vread',
};

/** Roles of Azure Health Data Services and of Microsoft's open-source server (its `roles.json`). */
export const ROLE =
  /^FHIR (Data|SMART)|^smartUser$|^global(Admin|Writer|Reader|Exporter|Importer|Converter)$/i;
const WRITER = /^FHIR Data (Contributor|Writer)$|^(global(Admin|Writer)|smartUser)$/i;

export interface Can {
  readonly allowed: boolean;
  /** What forbids it: the granted scopes, the user's role, or the server's CapabilityStatement. */
  readonly reason?: 'scope' | 'role' | 'capability';
  /** True while the CapabilityStatement is loading; `allowed` then rests on scopes and roles. */
  readonly pending: boolean;
}

/** What is known of the rights of a user. */
export interface KnownRights {
  /** Granted scopes, if the server named them. */
  readonly scopes: readonly string[] | undefined;
  /** Entra roles of the token, if known. */
  readonly roles?: readonly string[] | undefined;
  readonly capability: Capability | undefined;
  /** True while the CapabilityStatement is loading. */
  readonly pending?: boolean;
}

/**
 * Whether to offer an action to the user. Unknown counts as allowed: the server has the last word.
 */
export function can(deed: Permission, type: ResourceType, known: KnownRights): Can {
  const pending = known.pending ?? false;
  if (may(known.scopes, type, ACTIONS[deed]) === false) {
    return { allowed: false, reason: 'scope', pending };
  }
  const roles = (known.roles ?? []).filter((r) => ROLE.test(r));
  const writes = deed === 'create' || deed === 'update' || deed === 'delete';
  if (writes && roles.length > 0 && !roles.some((r) => WRITER.test(r))) {
    return { allowed: false, reason: 'role', pending };
  }
  // A record of another FHIR version may be misread as R4, so it must not be written back.
  const unread = writes && known.capability?.otherVersion !== undefined;
  if (unread || known.capability?.interaction(type, INTERACTIONS[deed]) === false) {
    return { allowed: false, reason: 'capability', pending };
  }
  return { allowed: true, pending };
}

/**
 * Returns a reader of the server's CapabilityStatement; undefined while loading or if it has none.
 */
export function useCapability(): { capability: Capability | undefined; pending: boolean } {
  const { data, isPending } = useQuery(capabilitiesQuery(useFhir()));
  return { capability: data, pending: isPending };
}

/** Calls {@link can} for the current session and server. */
export function useCan(deed: Permission, type: ResourceType): Can {
  const { session } = useFhir();
  const { capability, pending } = useCapability();
  const { scopes, roles } = session;
  return can(deed, type, { scopes, roles, capability, pending });
}
