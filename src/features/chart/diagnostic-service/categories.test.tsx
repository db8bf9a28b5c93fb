import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Categories } from './categories.tsx';
import { serviceWord } from './service-word.ts';

test('a code of HL7 table 0074 has a word; a code that is rarely used has none', () => {
  expect(serviceWord('HM')).toBe('Haematology');
  expect(serviceWord('MB')).toBe('Microbiology');
  expect(serviceWord('constructor')).toBeUndefined();
});

test('categories are shown as they were sent until words are loaded', () => {
  const shown = (of: unknown) =>
    renderToStaticMarkup(<Categories of={of} />).replaceAll(/<[^>]*>/g, '');
  const system = 'http://terminology.hl7.org/CodeSystem/v2-0074';
  expect(shown([{ coding: [{ system, code: 'HM' }] }, { text: 'Blood' }])).toBe('HM, Blood');
  expect(shown([{ text: 'Blood' }, { text: 'Blood' }])).toBe('Blood');
  expect(shown('x')).toBe('x');
  expect(shown(undefined)).toBe('Not recorded');
});
