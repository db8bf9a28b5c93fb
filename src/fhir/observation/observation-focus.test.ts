import { expect, test } from 'vitest';
import { focusTexts } from './observation-focus.ts';

const subject = { reference: 'Patient/newborn' };

test.each([
  ['the patient', [{ reference: 'Patient/newborn' }], []],
  ['the patient, with the base', [{ reference: 'https://fhir.example/Patient/newborn' }], []],
  ['a version of the patient', [{ reference: 'Patient/newborn/_history/2' }], []],
  ['another', [{ reference: 'Patient/mother', display: 'Her mother' }], ['Her mother']],
  ['another of a like name', [{ reference: 'Patient/first-newborn' }], ['Patient/first-newborn']],
  ['the patient and an implant', [subject, { display: 'Hip implant' }], ['Hip implant']],
  ['somebody without words', [{ type: 'RelatedPerson' }], [undefined]],
  ['one contained', [{ reference: '#m' }], ['DOE, Jane']],
])('focusTexts names every focus but the subject: %s', (_, focus, texts) => {
  const contained = [
    { resourceType: 'RelatedPerson', id: 'm', name: [{ family: 'Doe', given: ['Jane'] }] },
  ];
  expect(focusTexts({ subject, focus, contained })).toEqual(texts);
});

test('focusTexts reads the extension observation-focusCode', () => {
  const url = 'http://hl7.org/fhir/StructureDefinition/observation-focusCode';
  const extension = [
    { url, valueCodeableConcept: { text: 'Donor' } },
    { url: 'https://example.org/other', valueCodeableConcept: { text: 'Nobody' } },
  ];
  expect(focusTexts({ subject, extension })).toEqual(['Donor']);
  expect(focusTexts({ subject })).toEqual([]);
});
