import { randomUUID } from 'node:crypto';
import type { FhirResource } from 'fhir/r4';
import type { StoredResource } from './resource-types.ts';

/** A version of a resource: its content, or its deletion. */
export interface Version {
  readonly type: string;
  readonly id: string;
  readonly versionId: string;
  /** Time of writing, a FHIR instant. */
  readonly at: string;
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly resource: StoredResource | undefined;
  /** Position in the order of all writes of the store. */
  readonly sequence: number;
}

type Listener = (type: string, id: string) => void;

/**
 * All versions of all resources, in memory. Lists of versions are never changed: a write replaces
 * the list by a longer copy, and `reset` restores only the lists that were replaced.
 */
export class Store {
  private readonly types = new Map<string, Map<string, readonly Version[]>>();
  private readonly written = new Map<string, readonly Version[] | undefined>();
  private readonly listeners: Listener[] = [];
  /** The lists before the current transaction; undefined outside of one. */
  private undo: Map<string, readonly Version[] | undefined> | undefined;
  private sequence = 0;
  private clock = 0;

  /**
   * @param resources the initial data; a type and id that occurs twice has two versions
   */
  constructor(resources: Iterable<FhirResource>) {
    for (const resource of resources) this.seed(resource);
  }

  private seed(resource: FhirResource): void {
    const id = resource.id ?? randomUUID();
    const earlier = this.versions(resource.resourceType, id);
    const versionId = String(earlier.length + 1);
    const at = resource.meta?.lastUpdated ?? '2012-01-01T00:00:00.000Z';
    const stored = { ...resource, id, meta: { ...resource.meta, versionId, lastUpdated: at } };
    this.byId(resource.resourceType).set(id, [
      ...earlier,
      {
        type: resource.resourceType,
        id,
        versionId,
        at,
        method: earlier.length === 0 ? 'POST' : 'PUT',
        resource: stored,
        sequence: ++this.sequence,
      },
    ]);
  }

  private byId(type: string): Map<string, readonly Version[]> {
    let map = this.types.get(type);
    if (!map) this.types.set(type, (map = new Map()));
    return map;
  }

  /** Adds a listener, called after each write and for each resource that `reset` restores. */
  onChange(listener: Listener): void {
    this.listeners.push(listener);
  }

  /** Returns the versions of a resource, oldest first; empty when it never existed. */
  versions(type: string, id: string): readonly Version[] {
    return this.types.get(type)?.get(id) ?? [];
  }

  /** Returns the latest version, which may be a deletion. */
  latest(type: string, id: string): Version | undefined {
    return this.versions(type, id).at(-1);
  }

  /** Returns the current resource; undefined when it is deleted or never existed. */
  current(type: string, id: string): StoredResource | undefined {
    return this.latest(type, id)?.resource;
  }

  /** Yields the latest versions of a type without deletions, in the order of creation. */
  *all(type: string): Iterable<Version & { resource: StoredResource }> {
    for (const list of this.types.get(type)?.values() ?? []) {
      const last = list.at(-1);
      if (last?.resource) yield last as Version & { resource: StoredResource };
    }
  }

  /** Yields every version of one type, or of all types. */
  *allVersions(type?: string): Iterable<Version> {
    for (const [name, map] of this.types) {
      if (type === undefined || type === name) for (const list of map.values()) yield* list;
    }
  }

  typesWithData(): string[] {
    return [...this.types].filter(([, map]) => map.size > 0).map(([type]) => type);
  }

  /** Adds a version and sets its id, version and time. */
  write(resource: FhirResource, id: string): StoredResource {
    const versions = this.versions(resource.resourceType, id);
    const versionId = String(versions.length + 1);
    const at = this.now();
    const stored = { ...resource, id, meta: { ...resource.meta, versionId, lastUpdated: at } };
    const method = versions.length === 0 ? 'POST' : 'PUT';
    this.append({ type: resource.resourceType, id, versionId, at, method, resource: stored });
    return stored;
  }

  /** Adds a deletion. Does nothing when there is no current resource. */
  remove(type: string, id: string): void {
    const versions = this.versions(type, id);
    if (!versions.at(-1)?.resource) return;
    const versionId = String(versions.length + 1);
    this.append({ type, id, versionId, at: this.now(), method: 'DELETE', resource: undefined });
  }

  /** Restores the initial data. */
  reset(): void {
    this.restore(this.written);
    this.written.clear();
  }

  /** Keeps all writes of the callback, or none when it throws. Only one may run at a time. */
  async transaction<T>(callback: () => Promise<T>): Promise<T> {
    const undo = new Map<string, readonly Version[] | undefined>();
    this.undo = undo;
    try {
      return await callback();
    } catch (error) {
      this.restore(undo);
      throw error;
    } finally {
      this.undo = undefined;
    }
  }

  private restore(lists: ReadonlyMap<string, readonly Version[] | undefined>): void {
    for (const [key, versions] of lists) {
      const [type = '', id = ''] = key.split('/');
      if (versions) this.byId(type).set(id, versions);
      else this.byId(type).delete(id);
      this.changed(type, id);
    }
  }

  private append(version: Omit<Version, 'sequence'>): void {
    const { type, id } = version;
    const map = this.byId(type);
    const before = map.get(id);
    const key = `${type}/${id}`;
    if (!this.written.has(key)) this.written.set(key, before);
    if (this.undo && !this.undo.has(key)) this.undo.set(key, before);
    map.set(id, [...(before ?? []), { ...version, sequence: ++this.sequence }]);
    this.changed(type, id);
  }

  private changed(type: string, id: string): void {
    for (const listener of this.listeners) listener(type, id);
  }

  /** Returns the time, never the same twice, so that the order of a history is unambiguous. */
  private now(): string {
    this.clock = Math.max(Date.now(), this.clock + 1);
    return new Date(this.clock).toISOString();
  }
}
