import { expect, test } from 'vitest';
import { codedText, codedTexts } from './coded-text.ts';

const concept = (system: string | undefined, code: string, rest: object = {}) => ({
  coding: [{ system, code, ...rest }],
});

test.each([
  // https://spec.smarthealth.cards/examples/example-00-a-fhirBundle.json
  ['http://hl7.org/fhir/sid/cvx', '207', 'CVX 207'],
  ['http://www.nlm.nih.gov/research/umls/rxnorm', '197361', 'RxNorm 197361'],
  ['http://loinc.org', '2160-0', 'LOINC 2160-0'],
  ['http://snomed.info/sct', '26643006', 'SNOMED CT 26643006'],
  ['urn:oid:2.16.840.1.113883.6.90', 'I10', 'ICD-10-CM I10'],
  ['http://hl7.org/fhir/sid/icd-10-cm', 'I10', 'ICD-10-CM I10'],
  ['http://fhir.de/CodeSystem/bfarm/icd-10-gm', 'C50.9', 'ICD-10-GM C50.9'],
  ['http://fhir.de/CodeSystem/ifa/pzn', '06313728', 'PZN 06313728'],
  ['https://example.org/codes', '207', 'code 207'],
  [undefined, '207', 'code 207'],
  // A code without digits cannot be mistaken for a value, so it needs no "code" before it.
  ['https://example.org/codes', 'vital-signs', 'vital-signs'],
  ['constructor', 'BID', 'BID'],
])('codedText returns for the system %s and the bare code %s: %s', (system, code, words) => {
  expect(codedText(concept(system, code))).toBe(words);
  expect(codedText(concept(system, code, { display: code }))).toBe(words);
});

test('codedText leaves a display or text unchanged', () => {
  const cvx = 'http://hl7.org/fhir/sid/cvx';
  expect(codedText(concept(cvx, '207', { display: 'COVID-19, mRNA' }))).toBe('COVID-19, mRNA');
  expect(codedText({ ...concept(cvx, '207'), text: 'Moderna' })).toBe('Moderna');
  expect(codedText({ text: '207' })).toBe('207');
  expect(codedTexts([concept(cvx, '207'), concept(cvx, '207'), {}, 7])).toEqual(['CVX 207']);
  expect(codedText(undefined)).toBeUndefined();
});
