import type { Patient } from 'fhir/r4';
import { expect, test } from 'vitest';
import { restored } from './restored.ts';

const labelled = (code: string): Patient => ({
  resourceType: 'Patient',
  meta: { versionId: code, security: [{ code }] },
});

test('an old version keeps the labels that the record has now', () => {
  expect(restored(labelled('N'), labelled('R')).meta).toEqual({ security: [{ code: 'R' }] });
  expect(restored(labelled('N'), { resourceType: 'Patient' }).meta).toBeUndefined();
});

test('a deleted record gets those that it had', () => {
  expect(restored(labelled('R'), undefined).meta).toEqual({ security: [{ code: 'R' }] });
});
