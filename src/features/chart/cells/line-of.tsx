import type { FhirResource } from '#fhir/types.ts';
import type { Came, Find, Panel, PanelLine, T } from '../panel.ts';
import { Value } from './cells.tsx';
import { noteLine } from './note-line.tsx';

/**
 * Returns the line of a record on a card or the timeline, with its first note below it: a note may
 * reverse what the line says.
 */
export function lineOf(
  panel: Panel,
  resource: FhirResource,
  t: T,
  find: Find,
  came?: Came,
): PanelLine {
  const line = panel.line(resource, t, find, came);
  const note = noteLine(resource, t);
  if (note === undefined) return line;
  const text = (
    <>
      <Value>{line.text}</Value>
      {note}
    </>
  );
  return { ...line, text };
}
