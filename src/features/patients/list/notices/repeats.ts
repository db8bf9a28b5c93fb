/** Maximum number of remembered ids, enough for ten thousand pages of ten rows. */
const MOST = 100_000;

/** Counts the patients of a page that were also on an earlier page. */
export type Repeats = (
  search: object,
  page: number,
  rows: readonly { readonly id: string }[],
) => number;

/**
 * Returns a counter that remembers the ids on each page of one search. If the list changes while
 * the user pages, or the server pages by offset, one patient may appear twice and another not at
 * all.
 */
export function createRepeats(): Repeats {
  let current: string | undefined;
  let known = 0;
  /** The ids of each page as one text, one per line: a set of them would need five times as much. */
  const pages: string[] = [];
  return (search, page, rows) => {
    const key = JSON.stringify(search);
    // Page 1 starts anew, because earlier results of the search may be out of date.
    if (page === 1 || key !== current || known > MOST) {
      pages.length = 0;
      known = 0;
    }
    current = key;
    const ids = new Set(rows.map(({ id }) => id));
    if (ids.size > 0) pages[page] = [...ids].join('\n');
    known += ids.size;
    const earlier = pages.slice(0, page).flatMap((text) => text.split('\n'));
    return new Set(earlier.filter((id) => ids.has(id))).size;
  };
}
