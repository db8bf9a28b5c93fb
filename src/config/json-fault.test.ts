import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonFault } from './json-fault.ts';

/** Whether `JSON.parse` accepts a text. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('position of the first JSON fault', () => {
  it.each<[string, string, number, number, string]>([
    ['a comma too many', '{\n "servers": [],\n}', 3, 1, 'comma before a bracket'],
    ['a comma too many in a list, Windows', '{\r\n"a": [1,\r\n]}', 3, 1, 'comma before a bracket'],
    ['no comma', '{ "a": 1\n  "b": 2 }', 2, 3, 'no comma'],
    ['a comment', '{\n  // ours\n  "a": 1 }', 2, 3, 'comment'],
    ['a comment of a shell', '# ours\n{}', 1, 1, 'comment'],
    ['curly quotes', '{ “a”: 1 }', 1, 3, 'quotes'],
    ['a name without quotes', '{ a: 1 }', 1, 3, 'quotes'],
    ['a text of several lines', '{ "a": "x\n" }', 1, 8, 'open text'],
    ['a Windows path', '{ "a": "C:\\sites" }', 1, 8, 'open text'],
    ['a bracket too few', '{ "a": [1, 2 ]', 1, 15, 'early end'],
    ['the wrong bracket', '{ "a": [1, 2 } ]', 1, 14, 'other'],
    ['a number that is none', '{ "a": 01 }', 1, 8, 'other'],
    ['something behind it', '{} {}', 1, 4, 'other'],
    ['a word of another language', '{ "a": True }', 1, 8, 'other'],
  ])('is reported for %s', (_what, text, line, column, reason) => {
    expect(isJson(text)).toBe(false);
    expect(jsonFault(text)).toEqual({ line, column, reason });
  });

  it('is undefined for valid JSON', () => {
    fc.assert(fc.property(fc.json(), (text) => jsonFault(text) === undefined));
  });

  it('is defined exactly if JSON.parse refuses the text', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '1',
      '-0.5e3',
      'true',
      'nul',
      ' ',
      '\n',
      '"',
    ];
    const anything = fc.array(fc.constantFrom(...pieces), { maxLength: 8 });
    fc.assert(
      fc.property(anything, (found) => {
        const text = found.join('');
        return (jsonFault(text) === undefined) === isJson(text);
      }),
      { numRuns: 2000 },
    );
  });
});
