import { codedTexts } from '#fhir/coded/coded-text.ts';
import { referenceIn } from '#fhir/values/contained.ts';
import { formatPeriod } from '#fhir/values/values.ts';
import { list, record, records, text, type Json } from '#lib/narrow.ts';
import { referenceOf } from '../panel-query/of-patient.ts';
import { namedIn, reasonTexts, type FindNamed } from '../cells/reasons.ts';
import { codedWords } from './coded-words.ts';
import type { T } from './messages.ts';
import { presence } from './presence.ts';

/** Names of the locations and participants of an encounter. */
interface Attendance {
  readonly places: readonly string[];
  readonly people: readonly string[];
}

export interface ShownEncounter extends Attendance {
  readonly kind: string | undefined;
  readonly types: readonly string[];
  readonly status: string | undefined;
  readonly period: string | undefined;
  /** Only the locations and participants that are there now. */
  readonly here: Attendance;
  readonly reasons: readonly string[];
  readonly priority: string | undefined;
  /** Admission source, and the location from which the patient came. */
  readonly admission: readonly string[];
  /** Discharge disposition and destination: home, another hospital, death. */
  readonly discharge: readonly string[];
  /** Text of the re-admission code; undefined if it is none. */
  readonly again: string | undefined;
}

const ORDER = ['now', 'later', 'before'] as const;

const unique = (texts: readonly (string | undefined)[]): readonly string[] => [
  ...new Set(texts.filter((t) => t !== undefined)),
];

/** Returns `Dr A (attender, until 02-Nov-2026)`; undefined without a name. */
function named(
  name: string | undefined,
  ...about: readonly (string | undefined)[]
): string | undefined {
  const said = unique(about).join(', ');
  return name && said ? `${name} (${said})` : name;
}

/**
 * Returns where to find a diagnosis without a name: the chart lists the conditions of this server.
 */
const elsewhere = (e: Json, reference: unknown, t: T): string =>
  referenceOf(e, reference)?.type === 'Condition' ? t('seeConditions') : t('otherRecord');

/** Returns the diagnoses with their use: not every one is the reason for the encounter. */
const diagnoses = (e: Json, t: T, find: FindNamed | undefined): readonly (string | undefined)[] =>
  records(e['diagnosis']).map((d) =>
    named(
      namedIn(e, d['condition'], elsewhere(e, d['condition'], t), find),
      codedWords(d['use'], 'diagnosisUse', t) ?? t('diagnosis'),
    ),
  );

/** Returns the encounter without the reasons that are diagnoses as well, as those say more. */
function reasonsOf(e: Json): Json {
  const at = (reference: unknown): unknown => record(reference)['reference'];
  const known = new Set(records(e['diagnosis']).map(({ condition }) => at(condition)));
  const reasons = records(e['reasonReference']).filter((reason) => {
    const to = at(reason);
    return to === undefined || !known.has(to);
  });
  return { ...e, reasonReference: reasons };
}

/** Returns the name of a place; undefined if only its reference is known. */
const placeIn = (e: Json, reference: unknown): string | undefined =>
  namedIn(e, reference, '') || undefined;

/**
 * Returns the facts of an encounter as texts. Accepts any value without throwing.
 *
 * @param find finds the loaded records that the encounter refers to
 */
export function shownEncounter(
  encounter: unknown,
  t: T,
  now = new Date(),
  find?: FindNamed,
): ShownEncounter {
  const e = record(encounter);
  const stay = record(e['hospitalization']);
  const standings = (items: unknown) =>
    records(items)
      .map((item) => ({ item, ...presence(item, e, t, now) }))
      .toSorted((a, b) => ORDER.indexOf(a.when) - ORDER.indexOf(b.when));
  const places = standings(e['location']).map(({ item, when, words }) => ({
    when,
    text: named(referenceIn(e, item['location']), words),
  }));
  const people = standings(e['participant']).map(({ item, when, words }) => {
    const roles = list(item['type']).map((role) => codedWords(role, 'role', t));
    return { when, text: named(referenceIn(e, item['individual']), ...roles, words) };
  });
  const texts = (all: typeof places) => unique(all.map(({ text: shown }) => shown));
  const present = (all: typeof places) => texts(all.filter(({ when }) => when === 'now'));
  return {
    kind: codedWords({ coding: [e['class']] }, 'class', t),
    types: codedTexts(e['type']),
    status: text(e['status']),
    period: formatPeriod(e['period']),
    places: texts(places),
    people: texts(people),
    here: { places: present(places), people: present(people) },
    reasons: unique([
      ...reasonTexts(reasonsOf(e), t('otherRecord'), find),
      ...diagnoses(e, t, find),
    ]),
    priority: codedWords(e['priority'], 'priority', t),
    admission: unique([
      codedWords(stay['admitSource'], 'admission', t),
      placeIn(e, stay['origin']),
    ]),
    discharge: unique([
      codedWords(stay['dischargeDisposition'], 'discharge', t),
      placeIn(e, stay['destination']),
    ]),
    again: codedWords(stay['reAdmission'], 'again', t),
  };
}
