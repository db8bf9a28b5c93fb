import type { StoredResource } from '../resource-types.ts';
import { searchParametersOf } from './search-parameters.ts';
import { fold, type IndexValue } from './search-values.ts';
import type { Store } from '../store.ts';

type SortKey = string | number | undefined;

/** A resource in a sort order. */
export interface Ranked {
  id: string;
  key: SortKey;
  sequence: number;
}

/** The values of one parameter for all resources of one type, by id. */
type Column = Map<string, IndexValue[]>;

const exactSuffix = ':exact';

/**
 * The values by which resources are found and sorted. Columns and orders are built at first use; a
 * write updates one row of each column and discards the orders of its type.
 */
export class SearchIndex {
  private readonly store: Store;
  private readonly columns = new Map<string, Map<string, Column>>();
  private readonly orders = new Map<string, Map<string, readonly Ranked[]>>();

  constructor(store: Store) {
    this.store = store;
    store.onChange((type, id) => this.refresh(type, id));
  }

  /**
   * Returns the values of one parameter.
   *
   * @param exact values as written, instead of folded for comparing
   */
  column(type: string, name: string, exact = false): Column {
    const key = exact ? name + exactSuffix : name;
    const columns = nested(this.columns, type);
    let column = columns.get(key);
    if (!column) {
      column = new Map();
      for (const { id, resource } of this.store.all(type)) column.set(id, valuesOf(resource, key));
      columns.set(key, column);
    }
    return column;
  }

  /** Returns all resources of a type in ascending order; resources without the key come last. */
  order(type: string, name?: string): readonly Ranked[] {
    const orders = nested(this.orders, type);
    const cached = orders.get(name ?? '');
    if (cached) return cached;
    const column = name === undefined ? undefined : this.column(type, name);
    const ranked = [...this.store.all(type)].map(({ id, sequence }) => ({
      id,
      sequence,
      key: sortKey(column?.get(id)),
    }));
    ranked.sort(compareRanked);
    orders.set(name ?? '', ranked);
    return ranked;
  }

  private refresh(type: string, id: string): void {
    this.orders.delete(type);
    const resource = this.store.current(type, id);
    for (const [key, column] of this.columns.get(type) ?? []) {
      if (resource) column.set(id, valuesOf(resource, key));
      else column.delete(id);
    }
  }
}

function nested<T>(map: Map<string, Map<string, T>>, key: string): Map<string, T> {
  let inner = map.get(key);
  if (!inner) map.set(key, (inner = new Map<string, T>()));
  return inner;
}

/** Returns the values of one parameter of a resource, which need not be in the store. */
export const valuesFor = (resource: StoredResource, name: string, exact: boolean): IndexValue[] =>
  valuesOf(resource, exact ? name + exactSuffix : name);

function valuesOf(resource: StoredResource, key: string): IndexValue[] {
  const exact = key.endsWith(exactSuffix);
  const parameter = searchParametersOf(resource.resourceType)[
    exact ? key.slice(0, -exactSuffix.length) : key
  ];
  const values = parameter?.values(resource) ?? [];
  return parameter?.type === 'string' && !exact
    ? values.map((value) => fold(value as string))
    : values;
}

function sortKey(values: IndexValue[] | undefined): SortKey {
  const first = values?.[0];
  if (first === undefined || typeof first === 'string') return first;
  return 'start' in first ? first.start : undefined;
}

/** Compares by key, then by time of the last write; resources without the key come last. */
export function compareRanked(a: Ranked, b: Ranked): number {
  if (a.key !== b.key) {
    if (a.key === undefined) return 1;
    if (b.key === undefined) return -1;
    return a.key < b.key ? -1 : 1;
  }
  return a.sequence - b.sequence;
}
