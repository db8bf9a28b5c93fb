import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { UsualCell, type ListText, type UsualColumn } from './patient-cells.tsx';

const t: ListText = (id) => id;

test('marks a birth date with an unknown year as doubtful and shows no age', () => {
  const url = 'http://hl7.org.au/fhir/StructureDefinition/date-accuracy-indicator';
  const born = (code: string): string =>
    renderToStaticMarkup(
      <UsualCell
        column="birthDate"
        t={t}
        patient={{
          resourceType: 'Patient',
          id: 'a',
          birthDate: '1920-01-01',
          _birthDate: { extension: [{ url, valueCoding: { code } }] },
        }}
      />,
    );
  expect(born('UUU')).toContain('birthDateDoubtful');
  expect(born('UUU')).not.toMatch(/>age/);
  expect(born('UUA')).not.toContain('birthDateDoubtful');
  expect(born('UUA')).toContain('ageApprox');
});

const PHONE = { system: 'phone', value: '555-0100' };
const MASKED = {
  extension: [
    { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' },
  ],
};

test.each<[string, UsualColumn, object, string]>([
  ['withheld', 'phone', { telecom: [{ system: 'phone', ...MASKED }] }, 'withheld'],
  ['a mobile number', 'phone', { telecom: [{ system: 'sms', _value: MASKED }] }, 'withheld'],
  ['out of use', 'phone', { telecom: [{ system: 'phone', use: 'old', ...MASKED }] }, 'notKnown'],
  ['an e-mail address', 'phone', { telecom: [{ system: 'email', _value: MASKED }] }, 'notKnown'],
  ['without a value', 'phone', { telecom: [{ system: 'phone' }] }, 'notKnown'],
  [
    'beside another',
    'phone',
    { telecom: [{ _value: MASKED, system: 'phone' }, PHONE] },
    '555-0100',
  ],
  ['withheld', 'birthDate', { _birthDate: MASKED }, 'withheld'],
  ['withheld', 'gender', { _gender: MASKED }, 'withheld'],
  ['withheld', 'identifiers', { identifier: [{ _value: MASKED }] }, 'withheld'],
  ['of the wrong type', 'identifiers', { identifier: 'x', telecom: 7 }, 'notKnown'],
  ['missing', 'birthDate', {}, 'notKnown'],
])('a withheld value is not shown as unknown: %s, in the column %s', (_, column, fields, shown) => {
  const patient = { resourceType: 'Patient' as const, id: 'a', ...fields };
  const cell = renderToStaticMarkup(<UsualCell column={column} t={t} patient={patient} />);
  expect(cell.replaceAll(/<[^>]*>/g, '').trim()).toBe(shown);
});
