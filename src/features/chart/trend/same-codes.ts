/** Returns the system of a search token; undefined for a code without a system. */
const systemOf = (token: string): string | undefined => /^(?:\\.|[^\\|])*(?=\|)/.exec(token)?.[0];

/** Whether the other concept has every code of one, or no code of that system. */
const fits = (one: readonly string[], other: readonly string[]): boolean =>
  one.every(
    (token) => other.includes(token) || !other.some((o) => systemOf(o) === systemOf(token)),
  );

/**
 * Whether two concepts may mean the same: they share a code, and the codes of each system that both
 * use are the same. Body temperature (8310-5) with the code for "oral" beside it is not body
 * temperature with the code for "rectal"; a potassium to which the laboratory added a code of its
 * own is still that potassium.
 *
 * @param one codes as search tokens
 */
export const sameCodes = (one: readonly string[], other: readonly string[]): boolean =>
  one.some((token) => other.includes(token)) && fits(one, other) && fits(other, one);
