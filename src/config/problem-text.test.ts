import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '#lib/app-error.ts';
import { parseConfig } from './load.ts';
import { parseText } from './parse-text.ts';
import { problemText } from './problem-text.ts';

/** Returns the id and values of the message. */
const t = (id: string, values?: object): string => [id, ...Object.values(values ?? {})].join(' ');

const source = (name: string): string =>
  readFileSync(new URL(name, import.meta.url), 'utf8').replaceAll(/^ *(\/\/|\/?\*).*$/gm, '');

describe('translation of a config.json problem', () => {
  const files = [
    'schema.ts',
    'load.ts',
    'fetch-config.ts',
    'refusal.ts',
    'parse-text.ts',
    'malformed-ids.ts',
  ];
  const texts = files.flatMap((file) =>
    [
      ...source(file).matchAll(
        /(['`])((?:must|may|is|holds|needs|could|line) [^\n]*?)\1(?:[,);]| as)/g,
      ),
    ].map(([, , text = '']) => text.replaceAll(/\$\{[^ ]*\}/g, '7')),
  );
  const faults = ['[,]', '[1 2]', '[] # x', "{'a': 1}", '["a', '[', '[x]'].map((text) => {
    try {
      parseText(text, (message) => {
        throw new Error(message);
      });
      return '';
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
  });

  it('exists for every message of the check', () => {
    expect(texts.length).toBeGreaterThan(30);
    const shown = texts.filter((text) => !text.startsWith('line 7, column 7: 7'));
    expect(shown.filter((text) => problemText(text, t) === text)).toEqual([]);
  });

  it('exists for every JSON fault, with its position', () => {
    expect(faults.map((text) => problemText(text, t))).toEqual([
      'jsonOther 1 2',
      'jsonNoComma 1 4',
      'jsonComment 1 4',
      'jsonQuotes 1 2',
      'jsonText 1 2',
      'jsonEnd 1 2',
      'jsonOther 1 2',
    ]);
  });

  it('contains the values of the problem', () => {
    const said = (value: unknown): string[] => {
      try {
        parseConfig(value);
        return [];
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        return error.problems.map(({ message }) => problemText(message, t));
      }
    };
    const open = { id: 'a', label: 'A', fhirBaseUrl: 'https://a.example', auth: { type: 'open' } };
    const withAuth = (auth: unknown): string[] => said({ servers: [{ ...open, auth }] });
    const ID = '3f0d2a8b-1c4e-4f5a-9b6c-7d8e9f0a1b2c';
    expect(said({ servers: 1, idleTimeoutMinutes: 0, apName: '' })).toEqual([
      'list',
      'atLeast 1',
      'unknownLike appName',
    ]);
    expect(said({ servers: [open], idleTimeoutMinutes: '5' })).toEqual(['number']);
    expect(said({ servers: [open], appName: 5 })).toEqual(['text']);
    expect(said({ servers: [{ ...open, requests: { strictSearch: 'yes' } }] })).toEqual(['yesNo']);
    expect(said({ servers: [open, open] })).toEqual(['twice a']);
    expect(said([open])).toEqual(['object']);
    expect(said({ servers: [open], nothing: 1 })).toEqual(['unknown']);
    expect(withAuth('entra')).toEqual(['object']);
    expect(withAuth({ type: 'Entra' })).toEqual(['oneOf entra, smart, open, token']);
    expect(withAuth({ type: 'entra', clientID: ID, tenantId: ID })).toEqual([
      'missing',
      'unknownLike clientId',
    ]);
    expect(withAuth({ type: 'entra', clientId: ID, tenantId: ID, scopes: 'x' })).toEqual(['list']);
    expect(withAuth({ type: 'entra', clientId: ID })).toEqual(['oneTenant']);
    expect(said({})).toEqual(['servers']);
  });

  it('is the original text if the problem is unknown', () => {
    expect(problemText('something new', t)).toBe('something new');
  });
});
