import { isRecord, list, record, records, text, texts, type Json } from '#lib/narrow.ts';
import { coversDay, endedBefore, today } from '../dates/dates.ts';

/** The texts of one HumanName. */
export interface NameParts {
  readonly use: string | undefined;
  readonly family: string | undefined;
  readonly given: readonly string[];
  readonly prefix: readonly string[];
  readonly suffix: readonly string[];
  readonly text: string | undefined;
}

/**
 * `temporary` and `anonymous` come from `use`; `expired` means that no current name is recorded.
 */
export type NameFlag = 'temporary' | 'anonymous' | 'expired';

export interface ShownName {
  /** Such as `EVANS-WEST, Mary Jane (Mrs)`; undefined without a name: show "Name not known". */
  readonly text: string | undefined;
  /** Given part of the `usual` name, by which the patient wants to be called, if it differs. */
  readonly preferred: string | undefined;
  readonly nickname: string | undefined;
  /** Former names (`maiden`, `old` or expired), as in "Previously SMITH". */
  readonly previous: readonly string[];
  readonly parts: NameParts | undefined;
  readonly flags: readonly NameFlag[];
}

/** Anything with a `name`, which in valid data is a list of HumanName or a single one. */
interface Named {
  readonly name?: unknown;
}

/**
 * Returns the given names, without initials if full names are recorded. Dutch names have their
 * given names twice, in full (BR) and as initials (IN), which would look like additional names.
 *
 * @see http://hl7.org/fhir/StructureDefinition/iso21090-EN-qualifier
 */
function givenNames({ given, _given }: Json): readonly string[] {
  const all = list(given);
  const is =
    (code: string) =>
    (_: unknown, at: number): boolean =>
      records(record(list(_given)[at])['extension']).some((e) => e['valueCode'] === code);
  const initial = is('IN');
  return texts(all.some(is('BR')) ? all.filter((name, at) => !initial(name, at)) : all);
}

function parts(value: unknown): NameParts | undefined {
  // A server may send a plain string instead of a HumanName.
  const name: Json = isRecord(value) ? value : { text: value };
  const read: NameParts = {
    use: text(name['use']),
    family: texts(name['family']).join(' ') || undefined, // DSTU2 servers send a list
    given: givenNames(name),
    prefix: texts(name['prefix']),
    suffix: texts(name['suffix']),
    text: text(name['text']),
  };
  return read.family || read.given.length > 0 || read.text ? read : undefined;
}

/**
 * Returns a family name in capitals. Georgian stays unchanged: it does not capitalise names, and
 * fonts seldom have its capitals (Mtavruli). ß stays distinct from SS, because Weiß and Weiss are
 * different names. The locale `el` removes accents of Greek capitals, and affects no other script.
 */
function upper(family: string): string {
  return /\p{Script=Georgian}/u.test(family)
    ? family
    : family.replaceAll('ß', 'ẞ').toLocaleUpperCase('el');
}

/**
 * Formats a HumanName for the identity line: `FAMILY, Given Given (Prefix), Suffix` (NHS CUI
 * Patient Name NID-0001..0013). Given names keep their order and spelling. `text` is never split,
 * and is used if family or given name is missing and it is longer than the rest.
 */
export function formatName(value: unknown): string | undefined {
  const name = parts(value);
  return name && nameLine(name);
}

function nameLine(name: NameParts): string | undefined {
  const given = name.given.join(' ');
  if (!name.family && !given) return name.text;
  const main = [name.family && upper(name.family), given].filter(Boolean).join(', ');
  const prefix = name.prefix.length > 0 ? ` (${name.prefix.join(' ')})` : '';
  const suffix = name.suffix.length > 0 ? `, ${name.suffix.join(' ')}` : '';
  const line = main + prefix + suffix;
  const part = !name.family || !given;
  return part && name.text && name.text.length > line.length ? name.text : line;
}

const RANK = ['official', 'usual', undefined, 'temp', 'anonymous', 'nickname', 'maiden', 'old'];

const rank = (name: NameParts): number => {
  const at = RANK.indexOf(name.use);
  return at < 0 ? 2 : at; // an unknown use ranks like a missing one
};

const byRank = (a: { readonly name: NameParts }, b: { readonly name: NameParts }): number =>
  rank(a.name) - rank(b.name);

/** Whether the use is `maiden` or `old`, the last two of {@link RANK}. */
const isFormer = (name: NameParts): boolean => rank(name) > 5;

const calling = (name: NameParts | undefined): string | undefined =>
  name && (name.given.join(' ') || name.text || name.family);

/**
 * Returns the name of a patient for display. It never throws; malformed parts are left out.
 *
 * @param patient a Patient, Practitioner, RelatedPerson, Person or `Patient.contact`
 * @param day FHIR date on which the name must be in use
 */
export function displayName(patient: Named | null | undefined, day: string = today()): ShownName {
  const all = list(patient?.name).flatMap((value) => {
    const name = parts(value);
    const period = isRecord(value) ? value['period'] : undefined;
    return name ? [{ name, current: coversDay(period, day), over: endedBefore(period, day) }] : [];
  });
  const current = all.filter((n) => n.current && !isFormer(n.name)).toSorted(byRank);
  const chosen = current[0] ?? all.toSorted(byRank)[0];
  const name = chosen?.name;
  const usual = current.find((n) => n.name.use === 'usual')?.name;
  const nickname = current.find((n) => n.name.use === 'nickname')?.name;
  const preferred = usual !== name ? calling(usual) : undefined;
  const previous = all
    .filter((n) => n !== chosen && (isFormer(n.name) || n.over))
    .map((n) => (n.name.family ? upper(n.name.family) : nameLine(n.name)))
    .filter((t) => t !== undefined && t !== (name?.family && upper(name.family)));
  const flags: NameFlag[] = [];
  if (name?.use === 'temp') flags.push('temporary');
  if (name?.use === 'anonymous') flags.push('anonymous');
  if (chosen && chosen !== current[0]) flags.push('expired');
  return {
    text: name && nameLine(name),
    preferred: preferred === name?.given.join(' ') ? undefined : preferred,
    nickname: nickname !== name ? calling(nickname) : undefined,
    previous: [...new Set(previous)] as string[],
    parts: name,
    flags,
  };
}
