import { isRecord, type Json } from '#lib/narrow.ts';
import { sameJson } from './json-equal.ts';
import { isGenerated } from './narrative.ts';
import { canonical } from './pair-equal.ts';

/** One element in which my version, theirs or both differ from the common base. */
export interface MergePoint {
  /**
   * Path of the element: `gender`, `name.0` for a list item, `deceased[x]` for a choice element.
   */
  readonly path: string;
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
  /** Who changed it: `both` if to the same value, `conflict` if the user must choose. */
  readonly state: 'mine' | 'theirs' | 'both' | 'conflict';
}

export type Side = 'mine' | 'theirs';

/** Choice elements, of which only one type may be present, so that all types are merged as one. */
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

/** Returns the merge unit of a field, such as `deceased[x]` for `_deceasedDateTime`. */
function unitOf(key: string): string {
  const plain = key.startsWith('_') ? key.slice(1) : key;
  const choice = CHOICES.find((c) => new RegExp(`^${c}[A-Z]`).test(plain));
  // A primitive and its extensions (`birthDate`, `_birthDate`) must not come from two versions.
  return choice ? `${choice}[x]` : plain;
}

type Fields = Readonly<Record<string, unknown>>;

/** Returns the fields of a value that belong to one unit, in an object without a prototype. */
function part(value: unknown, unit: string): Fields {
  const fields = Object.create(null) as Record<string, unknown>;
  for (const [key, v] of isRecord(value) ? Object.entries(value) : []) {
    // Assigning `__proto__` later would change the prototype; FHIR has no such element.
    if (v !== undefined && key !== '__proto__' && unitOf(key) === unit) fields[key] = v;
  }
  return fields;
}

/** Returns what to show for a unit: the value of its only field, or all its fields. */
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

/**
 * Decides which side an element is taken from.
 *
 * @param v the values to show to the user
 * @param whole the values to compare, if they differ from `v`
 */
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

/** Whether an item of the base has another index in the other list. */
function moved(base: readonly unknown[], other: readonly unknown[]): boolean {
  const keys = new Set(other.map((item) => canonical(item)));
  return base.some((item, i) => !sameJson(item, other[i]) && keys.has(canonical(item)));
}

/** Returns the three lists if they can be merged by index: no item was added, removed or moved. */
function alignedLists(v: Versions): readonly (readonly unknown[])[] | undefined {
  const { base, mine, theirs } = v;
  if (!Array.isArray(base) || !Array.isArray(mine) || !Array.isArray(theirs)) return undefined;
  if (base.length !== mine.length || base.length !== theirs.length) return undefined;
  return moved(base, mine) || moved(base, theirs) ? undefined : [base, mine, theirs];
}

/**
 * Merges one element by taking it, or each list item, as a whole from one side. Half an identifier
 * from each side would be a value that nobody recorded.
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

/** Elements that are always taken from their version, because the server sets them. */
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
      // Field names are compared, too: an equal value of another type is a change.
      const side = decided(versions, unit, decide, { base, mine, theirs });
      Object.assign(merged, side === 'mine' ? mine : theirs);
    }
  }
  return merged;
}

/** Takes mine if only I changed the element, otherwise theirs. */
const byDefault = (point: MergePoint): Side => (point.state === 'mine' ? 'mine' : 'theirs');

/**
 * Returns the changed elements to show to the user when somebody else saved the record first.
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
 * Merges three versions of a resource. An element that only one side changed is taken from that
 * side. A conflict is decided by `choices`, or for theirs without a choice. `meta` is always
 * theirs. Their generated narrative is removed if anything of mine was taken: it would be outdated,
 * and few servers generate a new one.
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
