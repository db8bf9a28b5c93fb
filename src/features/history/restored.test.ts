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

test('which records it replaces stays as it is now, and other links come back', () => {
  const link = (type: 'replaces' | 'replaced-by' | 'seealso', id: string) => ({
    type,
    other: { reference: `Patient/${id}` },
  });
  const linked = (...links: ReturnType<typeof link>[]): Patient => ({
    resourceType: 'Patient',
    ...(links.length > 0 && { link: links }),
  });
  // Linked since: the record that went would point to one that knows nothing of it.
  const old = linked(link('seealso', 'z'));
  expect(restored(old, linked(link('replaces', 'a'))).link).toEqual([
    link('seealso', 'z'),
    link('replaces', 'a'),
  ]);
  // Undone since: a link that was taken back does not come again on one side.
  const once = linked(link('replaced-by', 'b'), link('replaces', 'a'));
  expect(restored(once, linked())).toEqual({ resourceType: 'Patient' });
  // Nothing is known of a deleted record but its version.
  expect(restored(once, undefined)).toEqual(once);
});
