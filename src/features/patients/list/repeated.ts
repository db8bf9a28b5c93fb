/** Ids kept beyond this are forgotten: the list would be ten thousand pages deep. */
const MOST = 100_000;

/** Counts patients of a page that stood on an earlier one, too. */
export type Repeats = (
  search: object,
  page: number,
  rows: readonly { readonly id: string }[],
) => number;

/**
 * Remembers on which page each id of one search was seen first. A list that changes while it is
 * paged, or a server that pages by offset, shows the same patient twice, and leaves another out.
 */
export function createRepeats(): Repeats {
  let current: object | undefined;
  const first = new Map<string, number>();
  return (search, page, rows) => {
    if (search !== current || first.size > MOST) first.clear();
    current = search;
    let repeated = 0;
    for (const { id } of rows) {
      const before = first.get(id);
      if (before === undefined || before > page) first.set(id, page);
      else if (before < page) repeated += 1;
    }
    return repeated;
  };
}
