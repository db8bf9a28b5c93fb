import { expect, test } from 'vitest';
import { inTwo, LONGEST, longText, noteTexts } from './long-text.ts';

test('longText keeps clinical text whole up to 200,000 characters', () => {
  const histology = `${'No malignancy in block 1. '.repeat(60)}Invasive carcinoma in block 2.`;
  expect(longText(histology)).toBe(histology);
  expect(noteTexts([{ text: ` ${histology} ` }, { text: '' }])).toEqual([histology, undefined]);
  expect(longText(' ')).toBeUndefined();
  expect(longText(7)).toBe('7');
  expect(longText({})).toBeUndefined();
  expect(longText('x'.repeat(LONGEST + 1))).toBe(`${'x'.repeat(LONGEST)}…`);
});

test('inTwo splits a long text between whole words or characters and loses nothing', () => {
  expect(inTwo('x'.repeat(600))).toEqual(['x'.repeat(600), undefined]);
  for (const long of ['carcinoma '.repeat(99), '癌'.repeat(999), '🧬'.repeat(999)]) {
    const [first, rest = ''] = inTwo(long);
    expect(first + rest).toBe(long);
    expect(first.length).toBeGreaterThanOrEqual(300);
    expect(rest.length).toBeGreaterThanOrEqual(99);
    expect(first).not.toMatch(/\p{Cs}/u);
  }
  expect(inTwo('carcinoma '.repeat(99))[0]).toMatch(/carcinoma$/);
});
