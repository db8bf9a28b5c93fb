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
  [flag('H', 'Panic value, phoned'), 'x High · Panic value, phoned'],
  [flag('H', 'HIGH', 'Above high normal'), 'x High'],
  [flag('I', 'Susceptible, increased exposure'), 'x Susceptible, increased exposure'],
  [flag('I', undefined, 'intermediate'), 'x Intermediate'],
  [flag('I'), 'x Intermediate'],
  [flag('SDD'), 'x Susceptible, dose-dependent'],
  [flag('odd', 'In its own words'), 'x In its own words'],
])('a flag shows the word of its code and the text of the laboratory: %j', (observation, words) => {
  expect(shown(observation)).toBe(words);
});

test('a flag of one component of a blood pressure names the component', () => {
  const part = (code: string, display: string, value: number, said: string) => ({
    code: { coding: [{ code, display }] },
    valueQuantity: { value, unit: 'mmHg' },
    interpretation: [{ coding: [{ code: said }] }],
  });
  const component = [part('8480-6', 'Systolic', 85, 'L'), part('8462-4', 'Diastolic', 95, 'H')];
  expect(shown({ component })).toBe('85/95 mmHg Systolic: LowDiastolic: High');
});
