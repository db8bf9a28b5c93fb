import { isRecord, type Json } from '#lib/narrow.ts';
import { sameJson } from './json-equal.ts';
import { isGenerated } from './narrative.ts';

/** One element in which my version, theirs or both left the common base. */
export interface MergePoint {
  /** `name.0` for a list item, `gender`, or `deceased[x]` for an element with several types. */
  readonly path: string;
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
  /** Who changed it; `conflict`: both, differently, and a person must choose. */
  readonly state: 'mine' | 'theirs' | 'both' | 'conflict';
}

export type Side = 'mine' | 'theirs';

/** Elements of which at most one type may be present, so that they change as one. */
const CHOICES = [
  'deceased',
  'multipleBirth',
  'value',
  'effective',
  'onset',
  'abatement',
  'performed',
  'occurrence',
];

/** The merge unit of a field: `deceasedBoolean`, `deceasedDateTime` and `_deceased...` are one. */
function unitOf(key: string): string {
  const plain = key.startsWith('_') ? key.slice(1) : key;
  const choice = CHOICES.find((c) => new RegExp(`^${c}[A-Z]`).test(plain));
  // A primitive and its extensions (`birthDate`, `_birthDate`) must not come from two versions.
  return choice ? `${choice}[x]` : plain;
}

type Fields = Readonly<Record<string, unknown>>;

/** The fields of a value that belong to one unit, in an object that inherits nothing. */
function part(value: unknown, unit: string): Fields {
  const fields = Object.create(null) as Record<string, unknown>;
  for (const [key, v] of isRecord(value) ? Object.entries(value) : []) {
    // Assigning `__proto__` further on would change the prototype; FHIR has no such element.
    if (v !== undefined && key !== '__proto__' && unitOf(key) === unit) fields[key] = v;
  }
  return fields;
}

/** What to show for a unit: the value itself where it is a single field. */
function shown(fields: Fields): unknown {
  const entries = Object.entries(fields);
  if (entries.length === 0) return undefined;
  const [first] = entries;
  return entries.length === 1 && first ? first[1] : fields;
}

interface Versions {
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

type Decide = (point: MergePoint) => Side;

/** @param whole what is compared, where `v` shows only a part of it */
function decided(v: Versions, path: string, decide: Decide, whole: Versions = v): Side {
  const { base, mine, theirs } = whole;
  if (sameJson(base, mine) && sameJson(base, theirs)) return 'theirs';
  const state = sameJson(mine, theirs)
    ? 'both'
    : sameJson(base, mine)
      ? 'theirs'
      : sameJson(base, theirs)
        ? 'mine'
        : 'conflict';
  return decide({ path, ...v, state });
}

/** Whether an item of the base stands elsewhere in the other list. */
const moved = (base: readonly unknown[], other: readonly unknown[]): boolean =>
  base.some((item, i) => !sameJson(item, other[i]) && other.some((o) => sameJson(o, item)));

/** The lists of a unit where they can be merged item by item: nobody added, removed or moved one. */
function alignedLists(v: Versions): readonly (readonly unknown[])[] | undefined {
  const { base, mine, theirs } = v;
  if (!Array.isArray(base) || !Array.isArray(mine) || !Array.isArray(theirs)) return undefined;
  if (base.length !== mine.length || base.length !== theirs.length) return undefined;
  return moved(base, mine) || moved(base, theirs) ? undefined : [base, mine, theirs];
}

/**
 * Whole elements and whole list items are taken from one side: half an identifier or half a coding
 * from each would be a value that was never recorded.
 */
function mergeUnit(v: Versions, path: string, decide: Decide): unknown {
  const lists = alignedLists(v);
  const pick = (w: Versions, at: string) => (decided(w, at, decide) === 'mine' ? w.mine : w.theirs);
  if (!lists) return pick(v, path);
  const [base = [], mine = [], theirs = []] = lists;
  return theirs.map((item, i) =>
    pick({ base: base[i], mine: mine[i], theirs: item }, `${path}.${i}`),
  );
}

/** Theirs as they are: the server's own, and the narrative of their version. */
const SERVERS = new Set(['meta', 'text', 'id', 'resourceType']);

function mergeResource(v: Versions, decide: Decide): Json {
  const merged: Record<string, unknown> = {};
  const units = [v.theirs, v.mine, v.base].flatMap((o) =>
    isRecord(o) ? Object.keys(o).map(unitOf) : [],
  );
  for (const unit of new Set(units)) {
    const [base, mine, theirs] = [part(v.base, unit), part(v.mine, unit), part(v.theirs, unit)];
    if (SERVERS.has(unit)) {
      Object.assign(merged, theirs);
    } else if ([base, mine, theirs].every((f) => Object.keys(f).every((k) => k === unit))) {
      const value = mergeUnit(
        { base: base[unit], mine: mine[unit], theirs: theirs[unit] },
        unit,
        decide,
      );
      if (value !== undefined) merged[unit] = value;
    } else {
      const versions = { base: shown(base), mine: shown(mine), theirs: shown(theirs) };
      // Compared with their names: a value that moved from one type to another is a change.
      const side = decided(versions, unit, decide, { base, mine, theirs });
      Object.assign(merged, side === 'mine' ? mine : theirs);
    }
  }
  return merged;
}

/** Mine wins where only I changed something; otherwise theirs stands, until a person chooses. */
const byDefault = (point: MergePoint): Side => (point.state === 'mine' ? 'mine' : 'theirs');

/**
 * What a person must see after a save was refused because somebody else saved first.
 *
 * @param base the version that was opened for editing
 * @param mine the edited version
 * @param theirs the version that the server has now
 */
export function mergePoints(base: unknown, mine: unknown, theirs: unknown): readonly MergePoint[] {
  const points: MergePoint[] = [];
  mergeResource({ base, mine, theirs }, (point) => {
    points.push(point);
    return byDefault(point);
  });
  return points;
}

/**
 * One resource of three versions. Where only one side changed an element, its value is taken; a
 * conflict goes by `choices`, and by theirs where nothing is chosen. `meta` is always theirs. A
 * narrative that was made from their data goes where anything of mine was taken: few servers make
 * it anew, and it would say what is no longer so.
 *
 * @param choices by {@link MergePoint.path}; may also overrule an element without conflict
 */
export function merge<R>(
  base: R,
  mine: R,
  theirs: R,
  choices: ReadonlyMap<string, Side> = new Map(),
): R {
  const { text, ...merged } = mergeResource(
    { base, mine, theirs },
    (point) => choices.get(point.path) ?? byDefault(point),
  );
  const all = text === undefined ? merged : { ...merged, text };
  return (isGenerated(text) && !sameJson(all, theirs) ? merged : all) as R;
}
