/** Maximum number of remembered ids, enough for ten thousand pages of ten rows. */
const MOST = 100_000;

/** Counts the patients of a page that were also on an earlier page. */
export type Repeats = (
  search: object,
  page: number,
  rows: readonly { readonly id: string }[],
) => number;

/**
 * Returns a counter that remembers on which page each id of one search first appeared. If the list
 * changes while the user pages, or the server pages by offset, one patient may appear twice and
 * another not at all.
 */
export function createRepeats(): Repeats {
  let current: string | undefined;
  const first = new Map<string, number>();
  return (search, page, rows) => {
    const key = JSON.stringify(search);
    // Page 1 starts anew, because earlier results of the search may be out of date.
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
