import { birthDateLikeness, matchKey, nameLikeness } from './match.ts';

/** Why two rows could be mixed up. */
export type SimilarReason = 'same-name' | 'similar';

export interface Similar {
  readonly reason: SimilarReason;
  /** Ids of the other rows. */
  readonly ids: readonly string[];
}

/** Beyond this many rows nobody compares by eye, and comparing each pair would be felt. */
const MAX_ROWS = 500;

/**
 * Rows of one screen that a person could mix up: the same name, or a near name with a near birth
 * date (NHS CUI PAL similar-name alert).
 *
 * @returns by id; patients that are like no other are not in it
 */
export function similarRows(
  patients: readonly { readonly id: string }[],
): ReadonlyMap<string, Similar> {
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
  rows.forEach((a, i) => {
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
  });
  return found;
}
