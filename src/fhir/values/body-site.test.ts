import { expect, test } from 'vitest';
import { bodySites } from './body-site.ts';
import { icdQualifiers } from './icd-10-gm.ts';

const MCODE = 'http://hl7.org/fhir/us/mcode/StructureDefinition/';
const GERMAN = 'http://fhir.de/StructureDefinition/';

const beside = (url: string, code: string) => ({ url, valueCoding: { code } });
const diagnosis = (...extension: object[]) => ({
  coding: [
    { system: 'http://snomed.info/sct', code: '1' },
    { code: 'S72.0', extension },
  ],
});

test('bodySites returns each body site with its mCODE laterality, without repeats', () => {
  const left = {
    url: `${MCODE}mcode-laterality-qualifier`,
    valueCodeableConcept: { text: 'Left' },
  };
  const other = { url: 'https://example.org/weight', valueCodeableConcept: { text: 'Heavy' } };
  expect(bodySites({ bodySite: [{ text: 'Breast', extension: [other, left] }] })).toEqual([
    'Breast, Left',
  ]);
  expect(bodySites({ bodySite: { text: 'Left eye' } })).toEqual(['Left eye']);
  expect(bodySites({ bodySite: [{}, { text: 'Arm' }, { text: 'Arm' }] })).toEqual(['Arm']);
  expect(bodySites({})).toEqual([]);
});

test('icdQualifiers reads side and certainty from the extensions of a German code', () => {
  expect(
    icdQualifiers(
      diagnosis(
        beside(`${GERMAN}seitenlokalisation`, 'L'),
        beside(`${GERMAN}icd-10-gm-diagnosesicherheit`, 'A'),
      ),
    ),
  ).toEqual({ side: 'L', certainty: 'A' });
  const odd = diagnosis(beside(`${GERMAN}seitenlokalisation`, 'X'), beside('https://x', 'L'));
  expect(icdQualifiers(odd)).toEqual({ side: undefined, certainty: undefined });
  expect(icdQualifiers('S72.0')).toEqual({ side: undefined, certainty: undefined });
});
