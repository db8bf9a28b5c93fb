import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { measurements } from '#fhir/observation/observation.ts';
import { Measurements } from './measurements.tsx';

/** Returns the text of the cell without markup. */
const shown = (observation: object): string =>
  renderToStaticMarkup(createElement(Measurements, { values: measurements(observation) }))
    .replace(/<svg.*?<\/svg>/g, '')
    .replace(/<\/div>|<\/strong>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .trim();

const flag = (code: string, text?: string, display?: string) => ({
  valueString: 'x',
  interpretation: [{ coding: [{ code, display }], text }],
});

test.each([
  ['more than the code', flag('H', 'Panic value, phoned'), 'x High · Panic value, phoned'],
  ['the same as the code', flag('H', 'HIGH', 'Above high normal'), 'x High'],
  [
    'another meaning than the word',
    flag('I', 'Susceptible, increased exposure'),
    'x Susceptible, increased exposure',
  ],
  ['only a display', flag('I', undefined, 'intermediate'), 'x Intermediate'],
  ['none', flag('I'), 'x Intermediate'],
  ['none, for another code', flag('SDD'), 'x Susceptible, dose-dependent'],
  ['an unknown code', flag('odd', 'In its own words'), 'x In its own words'],
])(
  'a flag shows the word of its code and the text of the laboratory: %s',
  (_, observation, words) => {
    expect(shown(observation)).toBe(words);
  },
);

test('a flag of one component of a blood pressure names the component', () => {
  const part = (code: string, display: string, value: number, said: string) => ({
    code: { coding: [{ code, display }] },
    valueQuantity: { value, unit: 'mmHg' },
    interpretation: [{ coding: [{ code: said }] }],
  });
  const component = [part('8480-6', 'Systolic', 85, 'L'), part('8462-4', 'Diastolic', 95, 'H')];
  expect(shown({ component })).toBe('85/95 mmHg Systolic: LowDiastolic: High');
});
