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
  let current: string | undefined;
  const first = new Map<string, number>();
  return (search, page, rows) => {
    const key = JSON.stringify(search);
    // Page 1 begins anew: what the search found some time ago says nothing of what it finds now.
    if (page === 1 || key !== current || first.size > MOST) first.clear();
    current = key;
    let repeated = 0;
    for (const { id } of rows) {
      const before = first.get(id);
      if (before === undefined || before > page) first.set(id, page);
      else if (before < page) repeated += 1;
    }
    return repeated;
  };
}
