import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { exactText } from './exact-text.ts';

/** Numbers as servers may write them, some of which `JSON.stringify` would write differently. */
const source = fc.oneof(
  fc.constantFrom(
    '42.10',
    '-0.0',
    '1E2',
    '1.50e-7',
    '12345678901234567890',
    '0.1234567890123456789',
  ),
  fc.constantFrom('9007199254740993', '1e400', '3.0', '0', '7'),
  fc.tuple(fc.integer(), fc.nat(99999)).map(([whole, after]) => `${whole}.${after}0`),
);
const key = fc.string({ minLength: 1, maxLength: 6 }).filter((k) => !/^\d+$|^__proto__$/.test(k));
const awkward = fc.constantFrom(
  '',
  's',
  'n1.0',
  '1.0',
  '"',
  '\\',
  '\\"2.50',
  '{"a":1.0}',
  '\u2028',
);

/** Generates the text of any JSON value, without spaces. */
const { json } = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    source,
    fc.oneof(fc.string(), awkward).map((s) => JSON.stringify(s)),
    fc.constantFrom('true', 'false', 'null'),
    fc.array(tie('json'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
    fc
      .uniqueArray(fc.tuple(fc.oneof(key, awkward), tie('json')), {
        maxLength: 4,
        selector: ([k]) => k,
      })
      .map((all) => `{${all.map(([k, v]) => `${JSON.stringify(k)}:${v}`).join(',')}}`),
  ),
}));

test('exactText writes an unchanged value exactly as it was read', () => {
  fc.assert(
    fc.property(json, (text) => {
      expect(exactText(text, JSON.parse(text))).toBe(text);
    }),
  );
});

test('exactText writes the changed value, whatever the source is', () => {
  fc.assert(
    fc.property(json, json, (before, after) => {
      const changed: unknown = JSON.parse(after);
      expect(JSON.stringify(JSON.parse(exactText(before, changed)))).toBe(JSON.stringify(changed));
    }),
  );
});

test('exactText writes a changed number anew and keeps the digits of the others', () => {
  const text = '{"a":{"value":42.10},"b":{"value":3.0},"c":1e2}';
  expect(exactText(text, { a: { value: 42.1 }, b: { value: 3.5 }, c: 100, d: 3 })).toBe(
    '{"a":{"value":42.10},"b":{"value":3.5},"c":1e2,"d":3}',
  );
});

test('exactText never gives the digits of one list item to another', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(key, source), { minLength: 2, maxLength: 6, selector: ([k]) => k }),
      fc.nat(),
      fc.nat(),
      (all, gone, edited) => {
        const items = all.map(([url, number]) => `{"url":${JSON.stringify(url)},"v":[${number}]}`);
        const changed = JSON.parse(`[${items.join(',')}]`) as Record<string, unknown>[];
        const at = edited % items.length;
        changed[at] = { ...changed[at], use: 'old' };
        const written = items.map((item, i) =>
          i === at ? `${item.slice(0, -1)},"use":"old"}` : item,
        );
        for (const list of [changed, written]) list.splice(gone % items.length, 1);
        expect(exactText(`[${items.join(',')}]`, changed)).toBe(`[${written.join(',')}]`);
      },
    ),
  );
});

test('exactText handles a photo of several megabytes', () => {
  const data = 'QUJD\\/'.repeat(300_000);
  const text = `{"photo":[{"data":"${data}"}],"value":1.0}`;
  expect(exactText(text, { ...(JSON.parse(text) as object), active: false })).toBe(
    `{"photo":[{"data":"${data.replaceAll('\\/', '/')}"}],"value":1.0,"active":false}`,
  );
});
