import type { ResourceType, SearchParams } from '#fhir/types.ts';
import type { Fhir } from './fhir-context.ts';

/**
 * Query keys: `['fhir', baseUrl, session, type, what, ...]`. The session's key changes with user,
 * server and launch, so that data of one session can never be shown in another.
 */
const root = ({ client, session }: Fhir) => ['fhir', client.baseUrl, session.key] as const;

export const keys = {
  capabilities: (f: Fhir) => [...root(f), 'metadata'] as const,
  read: (f: Fhir, type: ResourceType, id: string) => [...root(f), type, 'read', id] as const,
  reads: (f: Fhir, type: ResourceType) => [...root(f), type, 'read'] as const,
  /** Data that the app itself, not the server, keeps for the length of the session. */
  memory: (f: Fhir, what: string) => [...root(f), 'memory', what] as const,
  history: (f: Fhir, type: ResourceType, id: string) => [...root(f), type, 'history', id] as const,
  version: (f: Fhir, type: ResourceType, id: string, versionId: string) =>
    [...root(f), type, 'version', id, versionId] as const,
  searches: (f: Fhir, type: ResourceType) => [...root(f), type, 'search'] as const,
  search: (f: Fhir, type: ResourceType, params: SearchParams, from: string | undefined) =>
    [...root(f), type, 'search', params, from ?? null] as const,
};
