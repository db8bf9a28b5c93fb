import type { ReactNode } from 'react';
import { referenceIn } from '#fhir/values/contained.ts';
import { record, text } from '#lib/narrow.ts';
import { Lines } from '../cells/cells.tsx';
import type { Medicated } from '../dosage/drug.ts';
import type { Find, T } from '../panel.ts';
import { reasonTexts } from '../cells/reasons.ts';
import { labelledLine } from '../cells/labelled-line.tsx';
import { dosage } from './dosage-later.ts';

/** Returns why a drug is given, or must not be. */
export const why = (of: Medicated, t: T): ReactNode =>
  labelledLine(t, 'reason', reasonTexts(of, t('otherRecord')));

/**
 * Whether an order is a prohibition: its reason is shown with the prohibition, because beside the
 * drug it would read as the indication.
 */
const isForbidden = (of: Medicated): boolean => record(of)['doNotPerform'] === true;

/** The column that names the row, with the drug and the reason. */
export const DRUG = {
  id: 'what',
  header: 'medication',
  rowHeader: true,
  cell: (of: Medicated, t: T, find: Find) => (
    <Lines lines={[dosage.drawn().drugCell(of, find), !isForbidden(of) && why(of, t)]} />
  ),
} as const;

/** Returns who reported or ordered a drug; "patient" where the reference has no display. */
export function whoIn(of: Medicated, reference: unknown, t: T): string | undefined {
  const { display, reference: to } = record(reference);
  const own = to !== undefined && to === record(of.subject)['reference'];
  return own && !text(display) ? t('patient') : referenceIn(of, reference);
}
