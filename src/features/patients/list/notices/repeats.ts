/** Maximum number of remembered pages. */
const MOST = 10_000;

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
  /** The ids of each page as one text, one per line: a set of them would need five times as much. */
  const pages: string[] = [];
  return (search, page, rows) => {
    const key = JSON.stringify(search);
    // Page 1 starts anew, because earlier results of the search may be out of date.
    if (page === 1 || key !== current || page > MOST) pages.length = 0;
    current = key;
    const lines = rows.map(({ id }) => `\n${id}\n`);
    if (rows.length > 0) pages[page] = lines.join('');
    return lines.filter((line) => pages.slice(0, page).some((ids) => ids.includes(line))).length;
  };
}
