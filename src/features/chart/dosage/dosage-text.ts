import { codedText, codedTexts } from '#fhir/coded/coded-text.ts';
import { hasCode } from '#fhir/values/coding.ts';
import { longText } from '#lib/long-text.ts';
import { number, record, records, type Json } from '#lib/narrow.ts';
import { doseText, quantityText, rateText, ratioText } from './amount.ts';
import { asNeededText } from './as-needed.ts';
import { inOrder } from './in-order.ts';
import type { T } from './messages.ts';
import { timingText } from './timing.ts';

type Words = string | false | undefined;

const present = (words: readonly Words[]): readonly string[] =>
  words.filter((w): w is string => typeof w === 'string' && w !== '');

/** Joined by semicolons: a comma after a number would be read as a decimal sign. */
const joined = (words: readonly string[]): string => inOrder(words, '; ');

/**
 * Elements of Dosage that are read; any other element, except extensions, is reported as "more".
 */
const READ = new Set([
  'id',
  'sequence',
  'text',
  'additionalInstruction',
  'patientInstruction',
  'timing',
  'asNeededBoolean',
  'asNeededCodeableConcept',
  'site',
  'route',
  'method',
  'doseAndRate',
  'maxDosePerPeriod',
  'maxDosePerAdministration',
  'maxDosePerLifetime',
]);

/**
 * Whether an element is read. An extension on a primitive that has a value adds nothing, but
 * without the value it says why the value is missing.
 */
const isRead = (key: string, d: Json): boolean =>
  READ.has(key) || (key.startsWith('_') ? key.slice(1) in d : key.endsWith('xtension'));

/** Returns doses and rates, and whether the texts cover all of them. */
function doses(value: unknown, t: T): { words: readonly string[]; all: boolean } {
  const [first, ...others] = records(value).map((dose) => {
    const said = [doseText(dose, t), rateText(dose, t)];
    const lacks = ['dose', 'rate'].some(
      (element, n) => !said[n] && Object.keys(dose).some((key) => key.startsWith(element)),
    );
    const words = joined(present(said));
    const type = codedText(dose['type']);
    return { words, lacks, type, calculated: hasCode(dose['type'], 'calculated') };
  });
  if (!first) return { words: [], all: true };
  const each = [first, ...others];
  // Several doses without a type could be read as given together, so only the first is shown.
  const shown = each.every(({ type }) => type !== undefined) ? each : [first];
  return {
    words: shown.map(({ words, type, calculated }) =>
      type && words && (others.length > 0 || calculated) ? `${words} (${type})` : words,
    ),
    all: shown.length === each.length && !each.some(({ lacks }) => lacks),
  };
}

const sentences = (text: string): string =>
  `|${text
    .toLowerCase()
    .split(/(?<![.;,:!?])[.;,:!?]+(?:\s+|$)|\n+/)
    .map((part) => part.trim().split(/\s+/).join(' '))
    .filter(Boolean)
    .join('|')}|`;

/** Whether a text contains exactly these words, as whole sentences or items of a list. */
const says = (text: string | undefined, words: string): boolean =>
  text !== undefined && sentences(text).includes(sentences(words));

/**
 * Returns the lines of one dosage: the text as its author wrote it, and below it, marked as coded,
 * the coded parts. FHIR expects both to say the same, but servers write "as directed" or leave out
 * the end: a clinician who reads only one of them may miss the dose. If more is recorded than can
 * be shown, a line says so.
 */
function linesOf(d: Json, t: T): readonly string[] {
  const written = longText(d['text']);
  const unsaid = (words: string | undefined): Words => words && !says(written, words) && words;
  const dose = doses(d['doseAndRate'], t);
  const timing = timingText(d['timing'], t);
  const [once, ever] = [d['maxDosePerAdministration'], d['maxDosePerLifetime']].map((quantity) =>
    quantityText(quantity, t),
  );
  const most = records(d['maxDosePerPeriod']).map((ratio) => ratioText(ratio, t));
  const coded = present([
    ...dose.words,
    ...timing.words,
    asNeededText(d, t),
    once && t('mostOnce', { dose: once }),
    ...most.map((each) => each && t('most', { dose: each })),
    ever && t('mostEver', { dose: ever }),
    ...['route', 'site', 'method'].map((key) => unsaid(codedText(d[key]))),
  ]);
  const told = present(
    [...codedTexts(d['additionalInstruction']), longText(d['patientInstruction'])].map(unsaid),
  );
  const more = present([
    !(dose.all && timing.all && Object.keys(d).every((key) => isRead(key, d))) && t('more'),
  ]);
  if (!written) return present([joined([...coded, ...told, ...more])]);
  if (coded.length === 0) return [written, ...told, ...more];
  return [written, t('coded', { dose: joined([...coded, ...more]) }), ...told];
}

/**
 * Returns dosages as lines in the order of their sequence: different numbers follow one another and
 * are shown as steps; equal numbers apply at the same time.
 *
 * @see https://hl7.org/fhir/R4/dosage.html#Dosage
 */
export function dosageLines(dosages: unknown, t: T): readonly string[] {
  const at = (d: Json): number | undefined => number(d['sequence']);
  const last = Number.MAX_SAFE_INTEGER;
  const sorted = records(dosages).toSorted((a, b) => (at(a) ?? last) - (at(b) ?? last));
  const steps = new Set(sorted.map(at).filter((n) => n !== undefined)).size > 1;
  return sorted.flatMap((dosage) => {
    const [first, ...rest] = linesOf(record(dosage), t);
    const n = steps ? at(dosage) : undefined;
    if (first === undefined) return [];
    return [n === undefined ? first : t('step', { n, dose: first }), ...rest];
  });
}
