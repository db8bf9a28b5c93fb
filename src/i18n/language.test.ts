import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { messages as chart } from '#features/chart/messages.ts';
import type { Catalogue } from './catalogue.ts';
import { fetchTexts, say } from './language.ts';
import en from './messages/en.json';

const SCOPES: readonly (readonly [scope: string, catalogue: Catalogue<string>])[] = [
  ['.', { en }],
  ['../features/chart', chart],
];

// The packs contain no ids, so a wrong order would assign texts to wrong ids.
test.each(['de', 'el', 'he'] as const)('%s: each id returns its own text', async (language) => {
  await Promise.all([fetchTexts(language, false), fetchTexts(language, true)]);
  for (const [scope, catalogue] of SCOPES) {
    const file = new URL(`${scope}/messages/${language}.json`, import.meta.url);
    const texts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    const plain = Object.entries(texts).filter(([, text]) => !/[{}<>#']/.test(text));
    expect(plain.length).toBeGreaterThan(5);
    const said = plain.map(([id]) => [id, say(catalogue, id, {}, { language })]);
    expect(said).toEqual(plain);
  }
});
