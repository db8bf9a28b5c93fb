import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '#lib/app-error.ts';
import { parseConfig } from './load.ts';
import { problemText } from './problem-text.ts';

/** Says which message is shown, and with what. */
const t = (id: string, values?: object): string => [id, ...Object.values(values ?? {})].join(' ');

const source = (name: string): string =>
  readFileSync(new URL(name, import.meta.url), 'utf8').replaceAll(/^ *(\/\/|\/?\*).*$/gm, '');

describe('a problem of config.json in the language of the person', () => {
  const texts = [source('schema.ts'), source('load.ts')].flatMap((code) =>
    [...code.matchAll(/(['`])((?:must|may|is|holds|needs|two|could) [^\n]*?)\1[,);]/g)].map(
      ([, , text = '']) => text.replace(/\$\{.*?\}(?= |$)/, '7'),
    ),
  );

  it('is known for every text that the check has', () => {
    expect(texts.length).toBeGreaterThan(18);
    expect(texts.filter((text) => problemText(text, t) === text)).toEqual([]);
  });

  it('keeps the value that it names', () => {
    const said = (value: unknown): string[] => {
      try {
        parseConfig(value);
        return [];
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        return error.problems.map(({ message }) => problemText(message, t));
      }
    };
    expect(said({ servers: 1, idleTimeoutMinutes: 0, apName: '' })).toEqual([
      'mustBe Array',
      'atLeast 1',
      'unknown',
    ]);
    expect(said({})).toEqual(['servers']);
  });

  it('is said as it is where it is not known', () => {
    expect(problemText('something new', t)).toBe('something new');
  });
});
