import type { Patient } from 'fhir/r4';
import { expect, test } from 'vitest';
import { condition } from './find-duplicates.ts';

const of = (...identifier: NonNullable<Patient['identifier']>) =>
  condition({ resourceType: 'Patient', identifier });

test('a condition is about one identifier with a system, whatever its value holds', () => {
  expect(of({ value: '1' }, { system: 'urn:x', value: 'A-1' })).toBe('identifier=urn%3Ax%7CA-1');
  expect(decodeURIComponent(of({ system: 'urn:x', value: '12,34|5' }) ?? '')).toBe(
    'identifier=urn:x|12\\,34\\|5',
  );
  expect(of({ value: '1' })).toBeUndefined();
  expect(condition({ resourceType: 'Patient' })).toBeUndefined();
});
