import type { Patient } from 'fhir/r4';
import { expect, test } from 'vitest';
import { restored } from './restored.ts';

const labelled = (code: string): Patient => ({
  resourceType: 'Patient',
  meta: { versionId: code, security: [{ code }] },
});

test('restored keeps the current labels of the record', () => {
  expect(restored(labelled('N'), labelled('R')).meta).toEqual({ security: [{ code: 'R' }] });
  expect(restored(labelled('N'), { resourceType: 'Patient' }).meta).toBeUndefined();
});

test('restored returns the former labels of a deleted record', () => {
  expect(restored(labelled('R'), undefined).meta).toEqual({ security: [{ code: 'R' }] });
});

test('restored keeps the current merge links and restores other links', () => {
  const link = (type: 'replaces' | 'replaced-by' | 'seealso', id: string) => ({
    type,
    other: { reference: `Patient/${id}` },
  });
  const linked = (...links: ReturnType<typeof link>[]): Patient => ({
    resourceType: 'Patient',
    ...(links.length > 0 && { link: links }),
  });
  // Merged since: the replaced record must not point to a record without the matching link.
  const old = linked(link('seealso', 'z'));
  expect(restored(old, linked(link('replaces', 'a'))).link).toEqual([
    link('seealso', 'z'),
    link('replaces', 'a'),
  ]);
  // Unmerged since: a removed link must not return on one side only.
  const once = linked(link('replaced-by', 'b'), link('replaces', 'a'));
  expect(restored(once, linked())).toEqual({ resourceType: 'Patient' });
  // Of a deleted record only its version is known.
  expect(restored(once, undefined)).toEqual(once);
});
