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
    ['a trailing comma', '{\n "servers": [],\n}', 3, 1, 'comma before a bracket'],
    [
      'a trailing comma in a list with CRLF line ends',
      '{\r\n"a": [1,\r\n]}',
      3,
      1,
      'comma before a bracket',
    ],
    ['a missing comma', '{ "a": 1\n  "b": 2 }', 2, 3, 'no comma'],
    ['a comment', '{\n  // ours\n  "a": 1 }', 2, 3, 'comment'],
    ['a shell comment', '# ours\n{}', 1, 1, 'comment'],
    ['curly quotes', '{ “a”: 1 }', 1, 3, 'quotes'],
    ['a name without quotes', '{ a: 1 }', 1, 3, 'quotes'],
    ['a line break within a string', '{ "a": "x\n" }', 1, 8, 'open text'],
    ['an unescaped backslash in a Windows path', '{ "a": "C:\\sites" }', 1, 8, 'open text'],
    ['a missing closing bracket', '{ "a": [1, 2 ]', 1, 15, 'early end'],
    ['a closing bracket of the wrong kind', '{ "a": [1, 2 } ]', 1, 14, 'other'],
    ['a number with a leading zero', '{ "a": 01 }', 1, 8, 'other'],
    ['a second value after the first', '{} {}', 1, 4, 'other'],
    ['a Python literal', '{ "a": True }', 1, 8, 'other'],
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
