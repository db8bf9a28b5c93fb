import { DateText, Value } from './cells.tsx';
import type { PanelLine } from '../panel.ts';

/** Shows the date of a line, or the text in its place. */
export function LineDate({ of: { date, when } }: { of: Pick<PanelLine, 'date' | 'when'> }) {
  return when === undefined ? <DateText value={date} /> : <Value>{when}</Value>;
}
