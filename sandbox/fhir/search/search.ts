import type { StoredResource } from '../resource-types.ts';
import { compareRanked, type Ranked, type SearchIndex } from './search-index.ts';
import type { Filter, SearchQuery, SortKey } from './search-query.ts';
import type { IndexValue } from './search-values.ts';
import type { Store } from '../store.ts';

/** Whether the token may see a resource; a search leaves out all others. */
export type Visible = (resource: StoredResource) => boolean;

/** Whether the values of a resource for one parameter fit a filter other than `_has`. */
export function accepts(filter: Filter, values: readonly IndexValue[]): boolean {
  if (filter.missing !== undefined) return (values.length === 0) === filter.missing;
  const any = values.some((value) => filter.matchers.some((match) => match(value)));
  return any !== filter.negated;
}

/** Runs searches over a store. */
export class SearchEngine {
  readonly store: Store;
  private readonly index: SearchIndex;

  constructor(store: Store, index: SearchIndex) {
    this.store = store;
    this.index = index;
  }

  /** Returns all matches in order, as ids and keys; the resources of a page are read later. */
  run(query: Pick<SearchQuery, 'type' | 'filters' | 'sort'>, visible?: Visible): Ranked[] {
    const { type } = query;
    const tests = query.filters.map((filter) => this.test(type, filter));
    const fits = (ranked: Ranked): boolean => {
      if (!tests.every((test) => test(ranked.id))) return false;
      const resource = visible && this.store.current(type, ranked.id);
      return !visible || (resource !== undefined && visible(resource));
    };
    return this.ordered(type, query.sort).filter(fits);
  }

  private test(type: string, filter: Filter): (id: string) => boolean {
    if (filter.has) return this.hasTest(type, filter, filter.has);
    const column = this.index.column(type, filter.name, filter.exact);
    return (id) => accepts(filter, column.get(id) ?? []);
  }

  /** Returns the test of a `_has`, for which the referring resources are searched once. */
  private hasTest(
    type: string,
    filter: Filter,
    has: NonNullable<Filter['has']>,
  ): (id: string) => boolean {
    const { has: _, ...inner } = filter;
    const test = this.test(has.type, inner);
    const ids = new Set<string>();
    for (const [id, references] of this.index.column(has.type, has.reference)) {
      if (!test(id)) continue;
      for (const reference of references as string[]) {
        if (reference.startsWith(`${type}/`)) ids.add(reference.slice(type.length + 1));
      }
    }
    return (id) => ids.has(id);
  }

  private ordered(type: string, sort: readonly SortKey[]): readonly Ranked[] {
    const [first, ...others] = sort;
    if (!first) return this.index.order(type);
    const order = directed(this.index.order(type, first.name), first.descending);
    if (others.length === 0) return order;
    // For more than one key (HAPI): a stable sort by each key, from the last to the first.
    let sorted = [...this.index.order(type)];
    for (const key of [...others.toReversed(), first]) {
      const ranks = new Map(
        directed(this.index.order(type, key.name), key.descending).map((r) => [r.id, r]),
      );
      const keyOf = (r: Ranked): Ranked => ({ ...(ranks.get(r.id) ?? r), sequence: 0 });
      sorted = sorted
        .map((r) => ({ r, k: keyOf(r) }))
        .sort((a, b) =>
          key.descending && a.k.key !== undefined && b.k.key !== undefined
            ? compareRanked(b.k, a.k)
            : compareRanked(a.k, b.k),
        )
        .map(({ r }) => r);
    }
    return sorted;
  }
}

/** Returns the order in its direction; resources without the key stay at the end. */
function directed(order: readonly Ranked[], descending: boolean): readonly Ranked[] {
  if (!descending) return order;
  const keyed = order.filter((r) => r.key !== undefined).toReversed();
  return [...keyed, ...order.filter((r) => r.key === undefined)];
}
