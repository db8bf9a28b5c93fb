import type { Patient } from 'fhir/r4';
import { expect, test } from 'vitest';
import { bornText } from './born-text.ts';

const now = new Date('2026-11-22T12:00:00');
const of = (fields: Partial<Patient>) => bornText({ resourceType: 'Patient', ...fields }, now);

test('shows the age beside a complete birth date of a living patient only', () => {
  const birthDate = '1945-07-14';
  expect(of({ birthDate })).toBe('14-Jul-1945 (81y)');
  expect(of({ birthDate, deceasedDateTime: '2000-01-01' })).toBe('14-Jul-1945');
  expect(of({ birthDate, deceasedBoolean: true })).toBe('14-Jul-1945');
  const withheld = { extension: [{ url: 'https://a.example/withheld', valueBoolean: true }] };
  expect(of({ birthDate, _deceasedDateTime: withheld })).toBe('14-Jul-1945');
  expect(of({ birthDate: '1945' })).toBe('1945');
  expect(of({})).toBeUndefined();
});
