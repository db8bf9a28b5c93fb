import { birthDateLikeness, matchKey, nameLikeness } from './match.ts';

/** Why two rows could be confused. */
export type SimilarReason = 'same-name' | 'similar';

export interface Similar {
  readonly reason: SimilarReason;
  /** Ids of the other rows. */
  readonly ids: readonly string[];
}

/** Most rows that are compared: the largest page. */
const MAX_ROWS = 1000;

/** Milliseconds of work before yielding to the browser, so that the page stays responsive. */
const SLICE = 8;

/**
 * Finds the rows of a list that a user could confuse: equal names, or near names with near birth
 * dates (NHS CUI PAL similar-name alert). Works in slices, because comparing all pairs of a long
 * page at once would block the browser.
 *
 * @param signal stops the comparison; the rows found so far are returned
 * @returns similar rows by patient id, without patients that are similar to no other
 */
export async function similarRows(
  patients: readonly { readonly id: string }[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Similar>> {
  const rows = patients.slice(0, MAX_ROWS).map((p) => ({ id: p.id, key: matchKey(p) }));
  const found = new Map<string, { reason: SimilarReason; ids: string[] }>();
  const note = (id: string, other: string, reason: SimilarReason) => {
    const entry = found.get(id);
    if (!entry) found.set(id, { reason, ids: [other] });
    else {
      entry.ids.push(other);
      if (reason === 'same-name') entry.reason = reason;
    }
  };
  let until = Date.now() + SLICE;
  for (const [i, a] of rows.entries()) {
    if (Date.now() > until) {
      // oxlint-disable-next-line no-await-in-loop -- slices must run one after the other
      await new Promise((resolve) => setTimeout(resolve));
      if (signal?.aborted) break;
      until = Date.now() + SLICE;
    }
    for (const b of rows.slice(i + 1)) {
      if (a.id === b.id) continue;
      const dates = birthDateLikeness(a.key.birth, b.key.birth);
      // Names are compared letter by letter, which is slow, only if the birth dates are near.
      const sameFirst = a.key.names.some((x) =>
        b.key.names.some((y) => x.family === y.family && x.given === y.given),
      );
      if (!sameFirst && dates !== 'same' && dates !== 'near') continue;
      const names = sameFirst ? 'same' : nameLikeness(a.key, b.key);
      if (names === 'different' || names === 'unknown') continue;
      const reason = names === 'same' ? 'same-name' : 'similar';
      note(a.id, b.id, reason);
      note(b.id, a.id, reason);
    }
  }
  return found;
}
