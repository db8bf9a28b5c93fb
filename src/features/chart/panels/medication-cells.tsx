import { referenceIn } from '#fhir/contained.ts';
import { record, text } from '#lib/narrow.ts';
import { Drug } from '../dosage/cells.tsx';
import type { Medicated } from '../dosage/drug.ts';
import type { Find, T } from '../panel.ts';

/** The column that names the row: which drug. */
export const DRUG = {
  id: 'what',
  header: 'medication',
  rowHeader: true,
  cell: (of: Medicated, _t: T, find: Find) => <Drug of={of} find={find} />,
} as const;

/** Who said or ordered it: the patient by that word where the reference has no better one. */
export function whoIn(of: Medicated, reference: unknown, t: T): string | undefined {
  const { display, reference: to } = record(reference);
  const own = to !== undefined && to === record(of.subject)['reference'];
  return own && !text(display) ? t('patient') : referenceIn(of, reference);
}
