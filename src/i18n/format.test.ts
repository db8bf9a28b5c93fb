import { parse } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import { formatMessage, type Values } from './format.ts';

const say = (text: string, values?: Values, locale = 'en'): string =>
  formatMessage(parse(text, { captureLocation: false }) as unknown as string, locale, values);

describe('formatMessage', () => {
  it('returns plain text unchanged', () => {
    expect(formatMessage('Patients', 'en')).toBe('Patients');
  });

  it('fills in arguments and leaves missing ones empty', () => {
    expect(say('Sign in to {label}!', { label: '<b>$&' })).toBe('Sign in to <b>$&!');
    expect(say('a{missing}b')).toBe('ab');
  });

  it('isolates inserted text in a right-to-left language', () => {
    expect(say('{name} כאן', { name: 'ELDER (Mr)' }, 'he')).toBe('\u2068ELDER (Mr)\u2069 כאן');
    expect(say('{n} כאן', { n: 3 }, 'he')).toBe('3 כאן');
  });

  it('formats numbers for the language', () => {
    expect(say('{n, number}', { n: 1234 })).toBe('1,234');
    expect(say('{n, number}', { n: 1234 }, 'de')).toBe('1.234');
    expect(say('{n, number, ::percent}', { n: 0.5 })).toBe('50%');
  });

  it('selects plurals by exact value, then by the rules of the language', () => {
    const text = '{n, plural, =0 {none} one {# patient} other {# patients}}';
    expect(say(text, { n: 0 })).toBe('none');
    expect(say(text, { n: 1 })).toBe('1 patient');
    expect(say(text, { n: 1200 })).toBe('1,200 patients');
    expect(say('{n, plural, offset:1 one {you and # more} other {you and # more}}', { n: 3 })).toBe(
      'you and 2 more',
    );
    expect(say('{n, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}', { n: 22 })).toBe(
      '22nd',
    );
  });

  it('selects by keyword, with a nested plural', () => {
    const text = '{who, select, a {Ann {n, plural, one {has # bed} other {has # beds}}} other {?}}';
    expect(say(text, { who: 'a', n: 2 })).toBe('Ann has 2 beds');
    expect(say(text, { who: 'zzz', n: 2 })).toBe('?');
  });
});
