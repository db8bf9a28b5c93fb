import { withoutReasons } from '#fhir/values/absent-reason.ts';
import { record, records, text } from '#lib/narrow.ts';
import { sameCodes } from './same-codes.ts';
import { codeTokens, testName } from './tests-of.ts';

/** What a result or a component measures, without the sample and the like. */
export interface Measurand {
  /** Codes as search tokens, sorted. */
  readonly codes: readonly string[];
  /** The words that say more than the codes; empty where these say all. */
  readonly words: string;
}

const spelled = (words: string): string => words.toLowerCase().replaceAll(/\s+/g, ' ');

/**
 * Returns what was measured; undefined where it was not recorded. A display follows from its code,
 * but a text may be narrower than all codes. A code without a system may mean anything: its words
 * count.
 *
 * @param holder an Observation or a component
 */
export function measurand(holder: unknown): Measurand | undefined {
  const name = testName(record(holder)['code']);
  if (name === undefined) return undefined;
  const codes = codeTokens(holder).toSorted();
  const code = withoutReasons(record(holder)['code']);
  const codings = records(code['coding']);
  if (!codings.some((coding) => text(coding['code']) && text(coding['system'])))
    return { codes, words: spelled(name) };
  const words = spelled(text(code['text']) ?? '');
  const repeats = codings.some(({ display }) => spelled(text(display) ?? '') === words);
  return { codes, words: repeats ? '' : words };
}

/** Whether two measurands have the same words, and the same codes or {@link sameCodes}. */
const agree = (one: Measurand, other: Measurand): boolean =>
  one.words === other.words &&
  (String(one.codes) === String(other.codes) || sameCodes(one.codes, other.codes));

/**
 * Returns keys that join what agrees. What agrees with two that contradict each other is joined to
 * neither: it may be either.
 *
 * @param all measurands that are compared, repeats allowed
 * @returns a function that returns the key of one of them
 */
export function keysOf(all: readonly Measurand[]): (one: Measurand) => string {
  const distinct = new Map(all.map((one) => [JSON.stringify(one), one]));
  const keys = new Map(
    [...distinct].map(([name, one]) => [
      name,
      [...distinct].filter(([, other]) => agree(one, other)).map(([other]) => other),
    ]),
  );
  return (one) => JSON.stringify(keys.get(JSON.stringify(one)));
}
