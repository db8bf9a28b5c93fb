import type { FhirResource } from '#fhir/types.ts';
import { noteTexts } from '#lib/long-text.ts';
import { list, record, records } from '#lib/narrow.ts';
import type { Came, Find, Panel, PanelLine, T } from '../panel.ts';
import { Value } from './cells.tsx';
import { cut } from './cut.ts';
import { wholeDates } from './whole-dates.tsx';
import styles from './cells.module.css';

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
  const { note, reaction } = record(resource);
  const all = [...list(note), ...records(reaction).flatMap((one) => list(one['note']))];
  const [first, ...rest] = noteTexts(all).filter((words) => words !== undefined);
  if (first === undefined) return line;
  return {
    ...line,
    text: (
      <>
        <Value>{line.text}</Value>
        <div className={styles.below}>
          {t('note', { n: rest.length + 1 })}: <bdi>{wholeDates(cut(first))}</bdi>
        </div>
      </>
    ),
  };
}
