import { record, records, text } from '#lib/narrow.ts';
import { codedText } from '../coded/coded-text.ts';
import { displayName } from '../patient/names.ts';
import { referenceText } from '../reference.ts';

/**
 * What to show for a Reference in a resource: as `referenceText`, and for one to a part that the
 * resource itself contains (`#gp`) the name of that part. Its id alone tells nobody anything.
 */
export function referenceIn(holder: unknown, reference: unknown): string | undefined {
  const to = text(record(reference)['reference']);
  if (!to?.startsWith('#')) return referenceText(reference);
  const part = records(record(holder)['contained']).find((c) => c['id'] === to.slice(1));
  return (
    referenceText({ ...record(reference), reference: undefined }) ??
    displayName(part).text ??
    codedText(part?.['code'])
  );
}
