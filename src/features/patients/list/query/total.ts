/**
 * The total that a server sent, where it can be true: some count the entries of the page.
 *
 * @param to rows on this page and those before it
 */
export const credibleTotal = (
  total: number | null | undefined,
  to: number | undefined,
  hasNext: boolean,
): number | undefined =>
  total != null && total >= (to ?? 0) + Number(hasNext) ? total : undefined;
