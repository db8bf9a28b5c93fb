/**
 * The total that a server sent, where it can be true: some count the entries of the page, and
 * Google's is an estimate until the last page.
 *
 * @param to rows on this page and those before it
 */
export const credibleTotal = (
  total: number | undefined,
  to: number | undefined,
  hasNext: boolean,
): number | undefined => ((total ?? -1) < (to ?? 0) + Number(hasNext) ? undefined : total);
