import { record, records, text } from '#lib/narrow.ts';
import { codedText } from '../coded/coded-text.ts';
import { displayName } from '../patient/names.ts';
import { referenceText } from '../reference.ts';

/**
 * Returns the text of a Reference in a resource: `referenceText`, or for a reference to a contained
 * resource (`#gp`) the name of that resource, because its id is meaningless to users.
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
