import { DateText, Value } from './cells.tsx';
import type { PanelLine } from '../panel.ts';

/** The date of a line, or the words that stand in its place. */
export function LineDate({ of: { date, when } }: { of: Pick<PanelLine, 'date' | 'when'> }) {
  return when === undefined ? <DateText value={date} /> : <Value>{when}</Value>;
}
