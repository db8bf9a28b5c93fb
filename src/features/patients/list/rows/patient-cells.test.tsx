import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { UsualCell, type ListText } from './patient-cells.tsx';

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
