import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LANGUAGES } from '#lib/settings.ts';

const words = (folder: string, language: string): Record<string, string> => {
  const file = new URL(`../${folder}/messages/${language}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
};

test.each(LANGUAGES)(
  '%s: the notice about a merged record in the form names the actions as the menu does',
  (language) => {
    const { mergedUndo } = words('form', language);
    const { more, unlink } = words('actions', language);
    expect(mergedUndo).toContain(more);
    expect(mergedUndo).toContain(unlink);
  },
);
