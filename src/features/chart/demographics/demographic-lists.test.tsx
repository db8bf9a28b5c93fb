import type { Patient } from 'fhir/r4';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { IdentifierList, TelecomList } from './demographic-lists.tsx';

const words = (node: React.ReactNode): string =>
  renderToStaticMarkup(node)
    .replaceAll(/<(?!\/?del)[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

const url = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
const masked = { extension: [{ url, valueCode: 'masked' }] };
const system = 'https://fhir.nhs.uk/Id/nhs-number';

test.each([
  [{ type: { text: 'Hospital number' }, system }, 'Hospital number'],
  [{ system }, 'NHS number'],
  [{ system: 'https://example.org/mrn' }, 'https://example.org/mrn'],
  [
    { system, assigner: { display: 'Leeds' }, use: 'old' },
    'NHS number, Leeds, old, no longer in use',
  ],
  [{ system, period: { end: '2009-08-26' } }, 'NHS number, – 26-Aug-2009, no longer in use'],
  [{}, ''],
])(
  'a withheld identifier is shown with its type, assigner, use and period: %j',
  (of: object, note) => {
    const patient = { resourceType: 'Patient', identifier: [{ ...of, _value: masked }] } as Patient;
    expect(words(<IdentifierList patient={patient} />)).toBe(`Withheld ${note}`.trim());
  },
);

test('a withheld telephone number is shown with its system, use and period', () => {
  const telecom = [{ system: 'phone', use: 'old', period: { end: '2009-08-26' }, _value: masked }];
  expect(words(<TelecomList holder={{ telecom }} />)).toBe(
    'Withheld phone, old, – 26-Aug-2009, no longer in use',
  );
});
