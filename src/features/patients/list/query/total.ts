/**
 * Returns the total of a server if it can be true: some servers count only the entries of the page.
 *
 * @param to number of rows on this page and the previous pages
 */
export const credibleTotal = (
  total: number | null | undefined,
  to: number | undefined,
  hasNext: boolean,
): number | undefined =>
  total != null && total >= (to ?? 0) + Number(hasNext) ? total : undefined;
