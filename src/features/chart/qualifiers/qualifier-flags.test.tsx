import type { Patient } from 'fhir/r4';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { bannerModel } from '../banner/banner-model.ts';
import { AddressList, IdentifierList, TelecomList } from '../demographics/demographic-lists.tsx';
import { QualifierFlags } from './qualifier-flags.tsx';

const words = (node: React.ReactNode): string =>
  renderToStaticMarkup(node)
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

const traced =
  'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus';
const withheld = {
  extension: [
    { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' },
  ],
};

const patient = (fields: Partial<Patient>): Patient => ({ resourceType: 'Patient', ...fields });

const NHS = patient({
  identifier: [
    {
      value: '9912003888',
      extension: [{ url: traced, valueCodeableConcept: { text: 'Number present but not traced' } }],
    },
  ],
});

test('flags say which parts of a birth date are uncertain and which number is not verified', () => {
  const flags = (of: Patient): string => words(<QualifierFlags model={bannerModel(of, '')} />);
  const url = 'http://hl7.org.au/fhir/StructureDefinition/date-accuracy-indicator';
  const born = (code: string): Patient =>
    patient({ _birthDate: { extension: [{ url, valueCoding: { code } }] } });
  expect(flags(born('UUU'))).toBe('Birth date: day, month, year not known');
  expect(flags(born('UEA'))).toBe('Birth date: day not known Birth date: month estimated');
  expect(flags(NHS)).toBe('NHS number: Number present but not traced');
  expect(flags(patient({ birthDate: '1920-01-01' }))).toBe('');
});

test('the lists say which values are withheld and which number was not traced', () => {
  expect(words(<IdentifierList patient={NHS} />)).toBe('9912003888 Number present but not traced');
  const telecom = [{ system: 'phone', use: 'home', _value: withheld }];
  expect(words(<TelecomList holder={{ telecom }} />)).toBe('Withheld phone, home');
  const address = [{ use: 'home', _line: [withheld] }];
  expect(words(<AddressList holder={{ address }} />)).toBe('Withheld home');
  expect(words(<TelecomList holder={{}} />)).toBe('Not recorded');
});
