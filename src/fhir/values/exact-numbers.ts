import { number, record, text } from '#lib/narrow.ts';

/** The numbers of an object as they were written, where a JavaScript number would be written otherwise. */
const written = new WeakMap<object, Map<string, string>>();

/** A number in JSON that ends in a zero after its point, has an exponent, or more digits than fit. */
const INEXACT = /[:[,]\s*-?(?:\d+\.\d*0(?=[\s,}\]])|[\d.]+[eE]|[\d.]{17})/;

/**
 * JSON whose decimals keep the precision that they were recorded with: 7.0 is not 7
 * (https://hl7.org/fhir/R4/datatypes.html#decimal). For reading only: what is written back gets
 * its digits from `exact-text.ts`. A browser that does not hand over the source of a number (before Chrome 114, Firefox
 * 135, Safari 18.4) shows the number.
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

/** https://tc39.es/proposal-json-parse-with-source/ */
interface Source {
  readonly source?: string;
}

/** A number as it was recorded, for `JSON.stringify`; undefined where that writes it so anyway. */
export function rawNumber(holder: object, key: string): unknown {
  const source = written.get(holder)?.get(key);
  return source && (JSON as { rawJSON?: (text: string) => unknown }).rawJSON?.(source);
}

/** A number as it was recorded, with the zeros that say how exactly it was measured. */
export const asWritten = (holder: unknown, key: string): string | undefined => {
  const of = record(holder);
  const value = of[key];
  return written.get(of)?.get(key) ?? (number(value) === undefined ? undefined : text(value));
};
