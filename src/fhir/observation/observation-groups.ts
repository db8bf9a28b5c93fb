import { list, record, text, type Json } from '#lib/narrow.ts';
import { codedText } from '../coded/coded-text.ts';
import { referenceIn } from '../values/contained.ts';
import { interpretations } from './observation-interpretation.ts';
import { choiceDate, choiceText } from '../values/values.ts';

/** The record that a reference names, where it is at hand. */
type Find = (reference: unknown) => unknown;

/** What a result belongs to, or was worked out from. */
export interface Origin {
  readonly how: 'partOf' | 'derivedFrom';
  /** From the nearest to the farthest; undefined where nobody said what it is. */
  readonly words: string | undefined;
}

export interface Groups {
  /** Nothing for what stands alone. */
  readonly originsOf: (observation: unknown) => readonly Origin[];
  /** What a result is made of, by name where that is known. */
  readonly membersOf: (observation: unknown) => readonly (string | undefined)[];
  /** Must be the same of two results before they can be values of the same test. */
  readonly keyOf: (observation: unknown) => string;
}

/** Groups within groups: an organism has a panel, which has its drugs. More is a circle. */
const DEEPEST = 4;

/** More ways up from one result are a hostile server's. */
const MOST = 8;

const SUSCEPTIBILITY = new Set(['S', 'I', 'R', 'SDD', 'NS', 'IE']);

/** Whether a result says what a drug does to a germ: without the germ it says nothing. */
const isSusceptibility = (o: Json): boolean =>
  interpretations(o).some(({ code }) => code !== undefined && SUSCEPTIBILITY.has(code));

const isObservation = (found: unknown): boolean => record(found)['resourceType'] === 'Observation';

/** A value in words: the germ that grew. What two records measured in numbers tells nothing apart. */
const named = (o: Json): string | undefined =>
  codedText(o['valueCodeableConcept']) ?? text(o['valueString']);

const wordsOf = (o: Json): string | undefined =>
  [codedText(o['code']), named(o)].filter(Boolean).join(': ') || undefined;

/** One way up from a result. */
interface Link {
  readonly how: Origin['how'];
  /** Undefined where the record is not at hand. */
  readonly to: Json | undefined;
  readonly words: string | undefined;
}

const isWithdrawn = ({ status }: Json): boolean =>
  status === 'entered-in-error' || status === 'cancelled';

/** Whether one says what the other belongs to: what was withdrawn says it only of what went with it. */
const counts = (group: Json, of: Json): boolean => !isWithdrawn(group) || isWithdrawn(of);

/** What a reference is called, unless that is only where it points. */
function nameOf(holder: Json, reference: unknown): string | undefined {
  const words = referenceIn(holder, reference);
  return words === text(record(reference)['reference']) ? undefined : words;
}

/**
 * How the results of an answer belong together: by `hasMember` of one, or `derivedFrom` of the
 * other.
 *
 * @param all that came with the answer
 * @param find the one of them that a reference names
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
        // Of an image or a questionnaire only its name is worth a word.
        const ofResult = /(?:^|\/)Observation\//.test(text(record(reference)['reference']) ?? '');
        return to || words || ofResult ? [{ how: 'derivedFrom', to, words }] : [];
      }),
    ].slice(0, MOST);

  const upwards = ({ to, words }: Link, deep = 1): readonly string[] => [
    ...(words === undefined ? [] : [words]),
    ...(to && deep < DEEPEST ? linksOf(to).flatMap((link) => upwards(link, deep + 1)) : []),
  ];

  /** Names the one germ, however often its name comes again, else nothing that tells apart. */
  const apart = ({ to, words }: Link, deep = 1): readonly string[] => {
    if (!to) return words === undefined ? [] : [words];
    const own = named(to) === undefined ? [] : [`#${text(to['id'])}`];
    return deep < DEEPEST ? [...own, ...linksOf(to).flatMap((link) => apart(link, deep + 1))] : own;
  };

  const momentOf = (o: Json): string =>
    JSON.stringify([codedText(o['code']), choiceDate(o, 'effective')]);
  const panelOf = (o: Json): string =>
    JSON.stringify((parents.get(o) ?? []).map((to) => codedText(to['code']) ?? '').toSorted());

  // The same test twice at one moment, in two groups: there the group says which is which.
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
      // Nothing grew in nothing: what this one belongs to is not at hand.
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

/** Whether a result is there to hold others together: it has no value, and needs none. */
export const isGroup = (observation: unknown): boolean =>
  list(record(observation)['hasMember']).length > 0 &&
  choiceText(observation, 'value') === undefined;
