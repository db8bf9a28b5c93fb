import type { DiagnosticReport, Observation } from 'fhir/r4';
import type { ReactNode } from 'react';
import { codedTexts } from '#fhir/coded/coded-text.ts';
import { isGroup } from '#fhir/observation/observation-groups.ts';
import { measurements } from '#fhir/observation/observation.ts';
import type { FhirResource } from '#fhir/types.ts';
import { longText, noteTexts } from '#lib/long-text.ts';
import { list, record, records, text } from '#lib/narrow.ts';
import { attachments } from '../attachment/attachment-cell.tsx';
import { Caveats } from '../cells/caveats.tsx';
import { isWithdrawn, Lines, Status, Value, Withdrawn } from '../cells/cells.tsx';
import { labelledLine } from '../cells/labelled-line.tsx';
import { longLines } from '../cells/long-text.tsx';
import { noteLine } from '../cells/note-line.tsx';
import { namedIn } from '../cells/reasons.ts';
import type { Find, T } from '../panel.ts';
import { line } from './display.tsx';
import { attention } from './newest-of-each.ts';
import styles from '../cells/cells.module.css';

/** Maximum number of results on a card, and in a row: a hostile server may send ten thousand. */
const ON_CARD = 5;
const IN_ROW = 200;

const conclusions = (r: DiagnosticReport): readonly ReactNode[] => [
  ...longLines([longText(r.conclusion)]).filter(Boolean),
  ...codedTexts(r.conclusionCode),
];

/** The results that a report contains. */
interface Within {
  readonly all: readonly Observation[];
  readonly came: readonly FhirResource[];
  readonly find: Find;
}

/**
 * Returns the results that a report contains, which no server finds as records of their own
 * (https://hl7.org/fhir/R4/references.html#contained). The contained members of a group without a
 * value are there in its place.
 */
function within(r: DiagnosticReport): Within {
  const parts = records(r.contained);
  const samples = parts.filter(({ resourceType }) => resourceType === 'Specimen');
  const came = parts
    .filter(({ resourceType }) => resourceType === 'Observation')
    .map((o) => ({ ...o, contained: samples }) as unknown as Observation);
  const known = new Map(came.map((o) => [`#${o.id}`, o]));
  const find: Find = (reference) => known.get(text(record(reference)['reference']) ?? '');
  const found = new Set<FhirResource>();
  const queue: unknown[] = [...list(r.result)];
  for (const reference of queue) {
    const o = find(reference);
    if (!o || found.has(o)) continue;
    found.add(o);
    queue.push(...list(record(o)['hasMember']));
  }
  const all = [...found].filter((o) => !isGroup(o) || !list(record(o)['hasMember']).some(find));
  return { all: all as readonly Observation[], came, find };
}

/**
 * Shows a contained result: its name, then its values with their flags.
 *
 * @param whole true for reference ranges and all notes, false for the first note
 */
function withinLine(o: Observation, { find, came }: Within, t: T, whole: boolean): ReactNode {
  const { text: name, detail } = line(o, t, find, came);
  const gone = isWithdrawn(o);
  const notes = noteTexts(o.note).filter((words) => words !== undefined);
  const reference = measurements(o).flatMap(({ label, ranges }) =>
    ranges.map((range) => (label ? `${label} ${range}` : range)),
  );
  return (
    <div key={o.id} className={styles.measured}>
      <div>
        <Withdrawn when={gone} first>
          <Value>{name}</Value>
        </Withdrawn>
        <Caveats of={o} />
        {!whole && noteLine(o, t)}
      </div>
      <Withdrawn when={gone} first={false}>
        <div>
          {detail}
          {whole && labelledLine(t, 'referenceRange', reference)}
          {whole && notes.length > 0 && <Lines lines={longLines(notes)} />}
        </div>
      </Withdrawn>
    </div>
  );
}

/** Returns the lines of contained results, at most so many. */
function withinLines(
  { all, ...rest }: Within,
  t: T,
  most: number,
  whole: boolean,
): readonly ReactNode[] {
  return [
    ...all.slice(0, most).map((o) => withinLine(o, { all, ...rest }, t, whole)),
    all.length > most && t('andMore', { n: all.length - most }),
  ].filter(Boolean);
}

/**
 * Returns the results that are records of their own, as far as the report names them: a laboratory
 * report has no conclusion, it consists of its results
 * (https://hl7.org/fhir/R4/diagnosticreport-definitions.html#DiagnosticReport.result).
 */
function elsewhere(
  r: DiagnosticReport,
  { find }: Within,
  t: T,
  most?: number,
): readonly ReactNode[] {
  const unnamed = '';
  const names = list(r.result)
    .filter((result) => !find(result))
    .map((result) => namedIn(r, result, unnamed) || undefined);
  const rest = names.filter((name) => name === undefined).length;
  return [
    labelledLine(t, 'results', names, most),
    rest > 0 && t('resultsElsewhere', { n: rest }),
  ].filter(Boolean);
}

/** Returns the cell with all that a report says. */
export function content(r: DiagnosticReport, t: T): ReactNode {
  const own = within(r);
  return (
    <Lines
      lines={[
        ...conclusions(r),
        ...withinLines(own, t, IN_ROW, true),
        ...elsewhere(r, own, t),
        ...attachments(records(r.presentedForm), r),
      ]}
    />
  );
}

/**
 * Returns what a card says of a report: its conclusion or else its results, with those that it
 * contains and that are flagged in any case and first. Undefined if that is nothing.
 */
export function brief(r: DiagnosticReport, t: T): ReactNode {
  const concluded = conclusions(r);
  const own = within(r);
  const all = own.all
    .filter((o) => concluded.length === 0 || attention(o) > 0)
    .toSorted((a, b) => attention(b) - attention(a));
  const detail = [
    // A report that may still change, or was changed, always shows its status.
    r.status !== 'final' && <Status key="status" code={r.status} />,
    ...concluded,
    ...withinLines({ ...own, all }, t, ON_CARD, false),
    ...(concluded.length > 0 ? [] : elsewhere(r, own, t, ON_CARD)),
  ].filter(Boolean);
  return detail.length > 0 ? <Lines lines={detail} /> : undefined;
}
