import { describe, expect, it } from 'vitest';
import { TokenInputError } from '../errors.ts';
import { readPasted } from './pasted.ts';

const NOW = 1_800_000_000_000;
const part = (value: object): string => btoa(JSON.stringify(value)).replaceAll('=', '');
const jwt = (exp: number): string => `${part({ alg: 'RS256' })}.${part({ exp })}.sig`;

const reason = (text: string): string | undefined => {
  try {
    readPasted(text, NOW);
    return undefined;
  } catch (error) {
    return error instanceof TokenInputError ? error.reason : 'another error';
  }
};

describe('a pasted access token', () => {
  it.each([
    'abc.def',
    '  abc.def\n',
    'Bearer abc.def',
    '"abc.def"',
    JSON.stringify({ accessToken: 'abc.def', tokenType: 'Bearer' }),
  ])('is extracted from %j', (text) => {
    expect(readPasted(text, NOW)).toBe('abc.def');
  });

  it('is accepted only before it expires', () => {
    expect(reason(jwt(NOW / 1000 + 60))).toBeUndefined();
    expect(reason(jwt(NOW / 1000))).toBe('expired');
  });

  it.each([
    ['nothing', '', 'empty'],
    ['only blanks', '  ', 'empty'],
    ['two words', 'two words', 'shape'],
    ['a second header line', 'a\r\nX-Evil: 1', 'shape'],
    ['another JSON', '{"no":"token"}', 'shape'],
    ['far too long', 'x'.repeat(40_000), 'shape'],
    ['markup', '<script>', 'shape'],
  ])('is rejected if it is %s', (_, text, expected) => {
    expect(reason(text)).toBe(expected);
  });
});
