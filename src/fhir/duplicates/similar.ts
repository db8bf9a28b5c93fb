import { birthDateLikeness, matchKey, nameLikeness } from './match.ts';

/** Why two rows could be mixed up. */
export type SimilarReason = 'same-name' | 'similar';

export interface Similar {
  readonly reason: SimilarReason;
  /** Ids of the other rows. */
  readonly ids: readonly string[];
}

/** As many as a page may have. */
const MAX_ROWS = 1000;

/** Milliseconds of work after which it yields, so that the page stays responsive. */
const SLICE = 8;

/**
 * Rows of one screen that a person could mix up: the same name, or a near name with a near birth
 * date (NHS CUI PAL similar-name alert). In slices, as each pair of a long page would be felt.
 *
 * @param signal ends it: what was found so far is returned
 * @returns by id; patients that are like no other are not in it
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
      // oxlint-disable-next-line no-await-in-loop -- one slice after the other is the point
      await new Promise((resolve) => setTimeout(resolve));
      if (signal?.aborted) break;
      until = Date.now() + SLICE;
    }
    for (const b of rows.slice(i + 1)) {
      if (a.id === b.id) continue;
      const dates = birthDateLikeness(a.key.birth, b.key.birth);
      // Cheap first: names are only compared letter by letter where the dates are near.
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
