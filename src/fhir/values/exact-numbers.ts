import { number, record, text } from '#lib/narrow.ts';

/** The source text of an object's numbers, by key, if JavaScript would write them differently. */
const written = new WeakMap<object, Map<string, string>>();

/** Matches a number with trailing decimal zeros, an exponent, or too many digits for a number. */
const INEXACT = /[:[,]\s*-?(?:\d+\.\d*0(?=[\s,}\]])|[\d.]+[eE]|[\d.]{17})/;

/**
 * Parses JSON and keeps the recorded precision of decimals for {@link asWritten}: 7.0 is not 7
 * (https://hl7.org/fhir/R4/datatypes.html#decimal). For display only: a changed resource gets its
 * digits from `exact-text.ts`. Browsers that do not pass the source of a number to the reviver
 * (before Chrome 114, Firefox 135, Safari 18.4) show the number without its precision.
 */
export function parseExactly(json: string): unknown {
  if (!INEXACT.test(json)) return JSON.parse(json);
  return JSON.parse(json, function (this: object, key, value: unknown, context?: Source): unknown {
    const source = context?.source;
    if (typeof value === 'number' && source !== undefined && source !== String(value)) {
      const of = written.get(this) ?? new Map<string, string>();
      written.set(this, of.set(key, source));
    }
    return value;
  });
}

/** Third argument of a reviver: https://tc39.es/proposal-json-parse-with-source/ */
interface Source {
  readonly source?: string;
}

/** Returns a `JSON.rawJSON` of a number for `JSON.stringify`; undefined if it is not needed. */
export function rawNumber(holder: object, key: string): unknown {
  const source = written.get(holder)?.get(key);
  return source && (JSON as { rawJSON?: (text: string) => unknown }).rawJSON?.(source);
}

/** Returns a number as it was recorded, with the zeros that show its precision. */
export const asWritten = (holder: unknown, key: string): string | undefined => {
  const of = record(holder);
  const value = of[key];
  return written.get(of)?.get(key) ?? (number(value) === undefined ? undefined : text(value));
};
