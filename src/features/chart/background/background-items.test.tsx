import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { BackgroundItems } from './background-items.tsx';

const url = (name: string): string => `http://hl7.org/fhir/us/core/StructureDefinition/${name}`;
const omb = (display: string) => ({ url: 'ombCategory', valueCoding: { display } });

const shown = (...extension: readonly object[]): string =>
  renderToStaticMarkup(<BackgroundItems patient={{ extension }} />)
    .replaceAll(/<\/?(bdi|dt|dd|div)[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

test('US Core race, ethnicity and tribal affiliation are shown as text', () => {
  const text = { url: 'text', valueString: 'Mixed' };
  const race = (...parts: readonly object[]) => ({ url: url('us-core-race'), extension: parts });
  expect(shown(race(omb('White'), omb('Asian'), text))).toBe('Race Mixed (White, Asian)');
  expect(shown(race(omb('White'), omb('Asian')))).toBe('Race White, Asian');
  const system = 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor';
  const asked = { url: 'ombCategory', valueCoding: { system, code: 'ASKU' } };
  expect(shown({ url: url('us-core-ethnicity'), extension: [asked] })).toBe(
    'Ethnicity Asked, but not known',
  );
  const tribe = { url: 'tribalAffiliation', valueCodeableConcept: { text: 'Navajo Nation' } };
  const enrolled = { url: 'isEnrolled', valueBoolean: false };
  expect(shown({ url: url('us-core-tribal-affiliation'), extension: [tribe, enrolled] })).toBe(
    'Tribal affiliation Navajo Nation (not enrolled)',
  );
  expect(shown()).toBe('');
});
