import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differences } from './diff.ts';
import { exactText } from './exact-text.ts';
import { sameJson } from './json-equal.ts';
import { mergePoints } from './merge.ts';
import { notKept } from './not-kept.ts';
import { canonical, pairEqual } from './pair-equal.ts';

const value = fc.oneof(
  { maxDepth: 3 },
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(-0, 0, '0', 'null', null, undefined, '1"a', '', [], {}, [undefined]),
  fc.array(fc.constantFrom('a', ',', '"', '1"a', '0"'), { maxLength: 3 }),
  fc.dictionary(fc.constantFrom('a', 'b', 'a:1"b', '__proto__'), fc.constantFrom('x', undefined)),
);

it('canonical is the same text for equal values only', () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      expect(canonical(a) === canonical(b)).toBe(sameJson(a, b));
      expect(canonical(structuredClone(a))).toBe(canonical(a));
    }),
    { numRuns: 1000 },
  );
});

it('canonical ignores the order of fields, and no two values are equal below the deepest level', () => {
  expect(canonical({ a: 1, b: { d: 2, c: 3 } })).toBe(canonical({ b: { c: 3, d: 2 }, a: 1 }));
  const deep = (): unknown => JSON.parse(`${'['.repeat(3000)}1${']'.repeat(3000)}`) as unknown;
  expect(canonical(deep())).not.toBe(canonical(deep()));
});

it('pairEqual uses each equal item once, in order', () => {
  expect(pairEqual(['a', 'b', 'a', 'a'], ['a', 'c', 'a'])).toEqual([0, undefined, 2, undefined]);
});

/**
 * Lists of a size that takes quadratic code much longer than the five seconds of a test's time
 * limit (requirement 57).
 */
describe('a list of 10,000 items, all of them changed', () => {
  const list = (value: string, reversed = false) => {
    const identifier = Array.from({ length: 10_000 }, (_, i) => ({
      system: 'urn:example',
      value: `${value}${i}`,
      extension: [{ url: 'urn:weight', valueDecimal: i }],
    }));
    return { resourceType: 'Patient', identifier: reversed ? identifier.toReversed() : identifier };
  };

  it('is one difference', () => {
    const [before, after] = [list('a'), list('b')];
    expect(differences(before, after)).toEqual([
      { path: 'identifier', kind: 'changed', before: before.identifier, after: after.identifier },
    ]);
  });

  it('is no difference if only the order changed', () => {
    expect(differences(list('a'), list('a', true))).toEqual([]);
  });

  it('is merged', () => {
    const points = mergePoints(list('a'), list('b'), list('a'));
    expect(points).toHaveLength(10_000);
  });

  it('keeps the digits of its numbers', () => {
    const source = JSON.stringify(list('a')).replaceAll(
      /"valueDecimal":(\d+)/g,
      '"valueDecimal":$1.50',
    );
    const changed = list('b');
    changed.identifier.forEach(({ extension: [first] }) => (first!.valueDecimal += 0.5));
    expect(exactText(source, changed)).toBe(source.replaceAll('"value":"a', '"value":"b'));
  });

  it('is recognised as kept by the server in another order, and as altered', () => {
    expect(notKept(list('a'), list('a', true))).toEqual([]);
    expect(notKept(list('a'), list('b'))).toEqual(['identifier']);
    const padded = list('a');
    padded.identifier.forEach((item) => (item.value += ' '));
    expect(notKept(padded, list('a')), 'trimmed, in the same order').toEqual([]);
  });
});
