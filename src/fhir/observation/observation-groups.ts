import { list, record, text, type Json } from '#lib/narrow.ts';
import { codedText } from '../coded/coded-text.ts';
import { referenceIn } from '../values/contained.ts';
import { interpretations } from './observation-interpretation.ts';
import { choiceDate, choiceText } from '../values/values.ts';

/** Returns the record of a reference if it has been loaded, otherwise undefined. */
type Find = (reference: unknown) => unknown;

/** A group that a result belongs to, or a record from which it was derived. */
export interface Origin {
  readonly how: 'partOf' | 'derivedFrom';
  /** Names of the origin and of its own origins, nearest first; undefined if unknown. */
  readonly words: string | undefined;
}

export interface Groups {
  /** Returns the origins of a result; empty if it belongs to nothing. */
  readonly originsOf: (observation: unknown) => readonly Origin[];
  /** Returns the names of a result's members, each undefined if unknown. */
  readonly membersOf: (observation: unknown) => readonly (string | undefined)[];
  /** Returns a key; only results with equal keys can be values of the same test. */
  readonly keyOf: (observation: unknown) => string;
}

/** Levels of nested groups, such as organism, panel, drug. Deeper nesting is a cycle. */
const DEEPEST = 4;

/** Most origins of one result; only a hostile server sends more. */
const MOST = 8;

const SUSCEPTIBILITY = new Set(['S', 'I', 'R', 'SDD', 'NS', 'IE']);

/** Whether a result is the susceptibility of a germ to a drug, meaningless without the germ. */
const isSusceptibility = (o: Json): boolean =>
  interpretations(o).some(({ code }) => code !== undefined && SUSCEPTIBILITY.has(code));

const isObservation = (found: unknown): boolean => record(found)['resourceType'] === 'Observation';

/** Returns a value in words, such as a germ. Numeric values do not identify a group. */
const named = (o: Json): string | undefined =>
  codedText(o['valueCodeableConcept']) ?? text(o['valueString']);

const wordsOf = (o: Json): string | undefined =>
  [codedText(o['code']), named(o)].filter(Boolean).join(': ') || undefined;

/** A link from a result to one of its origins. */
interface Link {
  readonly how: Origin['how'];
  /** The origin; undefined if it has not been loaded. */
  readonly to: Json | undefined;
  readonly words: string | undefined;
}

const isWithdrawn = ({ status }: Json): boolean =>
  status === 'entered-in-error' || status === 'cancelled';

/** Whether a group counts as an origin: a withdrawn one counts only for withdrawn results. */
const counts = (group: Json, of: Json): boolean => !isWithdrawn(group) || isWithdrawn(of);

/** Returns the text of a reference; undefined if it is only the reference itself. */
function nameOf(holder: Json, reference: unknown): string | undefined {
  const words = referenceIn(holder, reference);
  return words === text(record(reference)['reference']) ? undefined : words;
}

/**
 * Finds out which Observations belong together, by `hasMember` and `derivedFrom`.
 *
 * @param all all loaded records
 * @param find returns the loaded record of a reference
 * @see https://hl7.org/fhir/R4/observation.html#obsgrouping
 */
export function groupsOf(all: readonly unknown[], find: Find): Groups {
  const parents = new Map<unknown, Json[]>();
  for (const parent of all.filter(isObservation).map(record)) {
    for (const member of list(parent['hasMember']).map(find).filter(isObservation)) {
      const known = parents.get(member) ?? [];
      if (member !== parent && !known.includes(parent) && counts(parent, record(member)))
        parents.set(member, [...known, parent]);
    }
  }

  const linksOf = (o: Json): readonly Link[] =>
    [
      ...(parents.get(o) ?? []).map((to) => ({ how: 'partOf' as const, to, words: wordsOf(to) })),
      ...list(o['derivedFrom']).flatMap((reference): Link[] => {
        const found = find(reference);
        const to = isObservation(found) ? record(found) : undefined;
        if (to && !counts(to, o)) return [];
        const words = (to && wordsOf(to)) ?? nameOf(o, reference);
        // An image or questionnaire without a name is left out, an Observation is not.
        const ofResult = /(?:^|\/)Observation\//.test(text(record(reference)['reference']) ?? '');
        return to || words || ofResult ? [{ how: 'derivedFrom', to, words }] : [];
      }),
    ].slice(0, MOST);

  const upwards = ({ to, words }: Link, deep = 1): readonly string[] => [
    ...(words === undefined ? [] : [words]),
    ...(to && deep < DEEPEST ? linksOf(to).flatMap((link) => upwards(link, deep + 1)) : []),
  ];

  /** Identifies the origins: ids of those with a value in words, names of those not loaded. */
  const apart = ({ to, words }: Link, deep = 1): readonly string[] => {
    if (!to) return words === undefined ? [] : [words];
    const own = named(to) === undefined ? [] : [`#${text(to['id'])}`];
    return deep < DEEPEST ? [...own, ...linksOf(to).flatMap((link) => apart(link, deep + 1))] : own;
  };

  const momentOf = (o: Json): string =>
    JSON.stringify([codedText(o['code']), choiceDate(o, 'effective')]);
  const panelOf = (o: Json): string =>
    JSON.stringify((parents.get(o) ?? []).map((to) => codedText(to['code']) ?? '').toSorted());

  // If a test occurs twice at the same time in two groups, the group distinguishes the results.
  const panels = new Map<string, string>();
  const contested = new Set<string | undefined>();
  for (const o of all.filter(isObservation).map(record)) {
    if (choiceDate(o, 'effective') === undefined) continue;
    const other = panels.get(momentOf(o));
    if (other !== undefined && other !== panelOf(o)) contested.add(codedText(o['code']));
    panels.set(momentOf(o), panelOf(o));
  }

  return {
    originsOf: (observation) => {
      const o = record(observation);
      const links = linksOf(o);
      // A susceptibility always belongs to a germ, which in this case has not been loaded.
      if (links.length === 0 && isSusceptibility(o)) return [{ how: 'partOf', words: undefined }];
      return links.map((link) => ({
        how: link.how,
        words: [...new Set(upwards(link))].join(' · ') || undefined,
      }));
    },
    membersOf: (observation) => {
      const o = record(observation);
      return list(o['hasMember']).map((member) => {
        const found = record(find(member));
        return codedText(found['code']) ?? nameOf(o, member);
      });
    },
    keyOf: (observation) => {
      const o = record(observation);
      const origins = linksOf(o).flatMap((link) => apart(link));
      if (origins.length === 0 && isSusceptibility(o)) return `#${text(o['id'])}`;
      const panel = contested.has(codedText(o['code'])) ? panelOf(o) : '';
      return origins.length > 0 || panel ? JSON.stringify([origins.toSorted(), panel]) : '';
    },
  };
}

/** Whether an Observation only groups others: it has members and no value. */
export const isGroup = (observation: unknown): boolean =>
  list(record(observation)['hasMember']).length > 0 &&
  choiceText(observation, 'value') === undefined;
