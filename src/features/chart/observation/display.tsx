import type { Observation } from 'fhir/r4';
import type { ReactNode } from 'react';
import { codedTexts } from '#fhir/coded/coded-text.ts';
import { focusTexts } from '#fhir/observation/observation-focus.ts';
import { isGroup } from '#fhir/observation/observation-groups.ts';
import { measurements } from '#fhir/observation/observation.ts';
import { specimenText } from '#fhir/values/specimen.ts';
import { listText } from '#i18n/list.ts';
import { useMessages } from '#i18n/provider.tsx';
import { noteTexts } from '#lib/long-text.ts';
import { list } from '#lib/narrow.ts';
import { Flag } from '#ui/flag.tsx';
import { Lines, Status } from '../cells/cells.tsx';
import { resultTime } from '../cells/event-date.ts';
import { longLines } from '../cells/long-text.tsx';
import { Measurements } from './measurements.tsx';
import { Categories } from '../diagnostic-service/categories.tsx';
import { messages } from '../messages.ts';
import type { Came, Find, PanelLine, T } from '../panel.ts';
import { labelledLine } from '../cells/labelled-line.tsx';
import { rowTitleTexts } from '../cells/row-title.tsx';
import { groupsIn } from './groups-in.ts';
import styles from '../cells/cells.module.css';

export { newestOfEach } from './newest-of-each.ts';
export { Trends } from '../trend/trends.tsx';

/** Flags a result that is about someone or something other than the patient. */
function About({ of }: { of: Observation }) {
  const t = useMessages(messages);
  const whom = focusTexts(of).map((words) => words ?? t('notKnown'));
  return (
    <Flag tone="warning" icon="warning">
      <span>
        {t('about')}: <bdi>{listText(whom)}</bdi>
      </span>
    </Flag>
  );
}

const about = (o: Observation): readonly ReactNode[] =>
  focusTexts(o).length > 0 ? [<About key="about" of={o} />] : [];

/** Returns what was measured: concept, body site, specimen and method. */
function namesOf(o: Observation, t: T): readonly string[] {
  const texts = [...rowTitleTexts(o, t), specimenText(o), ...codedTexts(list(o.method))];
  return [...new Set(texts.filter((words) => words !== undefined))];
}

/** Returns the results to which one belongs, such as the germ of a susceptibility result. */
function origins(o: Observation, t: T, find: Find, came?: Came): readonly ReactNode[] {
  const all = groupsIn(find, came).originsOf(o);
  return (['partOf', 'derivedFrom'] as const).map((how) => {
    const those = all.filter((origin) => origin.how === how);
    return labelledLine(
      t,
      how,
      those.map(({ words }) => words ?? t('anotherResult')),
    );
  });
}

/** Returns the cell that names a result. */
export const what = (o: Observation, t: T, find: Find, came?: Came): ReactNode => (
  <Lines lines={[...namesOf(o, t), ...origins(o, t, find, came), ...about(o)]} />
);

const instead = (o: Observation, t: T): string | undefined =>
  isGroup(o) ? t('resultsElsewhere', { n: list(o.hasMember).length }) : undefined;

/** Returns the cell with the values and notes of a result. */
export const result = (o: Observation, t: T, find: Find, came?: Came): ReactNode => (
  <Lines
    lines={[
      <Measurements key="values" values={measurements(o)} instead={instead(o, t)} />,
      labelledLine(t, 'results', groupsIn(find, came).membersOf(o)),
      ...longLines(noteTexts(o.note)),
    ]}
  />
);

/** Returns the reference ranges of all parts, labelled where there is more than one part. */
export function ranges(o: Observation): ReactNode {
  const lines = measurements(o).flatMap(({ label, ranges: all }) =>
    all.map((range) => (label ? `${label} ${range}` : range)),
  );
  return lines.length === 0 ? null : <Lines lines={lines} />;
}

/** Returns the cell with the categories of a result. */
export const category = (o: Observation): ReactNode => <Categories of={o.category} />;

/** Returns a result in one line. */
export function line(o: Observation, t: T, find: Find, came?: Came): PanelLine {
  const name = listText(namesOf(o, t));
  // A panel that only groups adds nothing to its results.
  const apart = groupsIn(find, came).keyOf(o) !== '';
  const below = apart ? origins(o, t, find, came).filter(Boolean) : [];
  const beside = [
    ...(below.length > 0
      ? [
          <div key="below" className={styles.below}>
            <Lines lines={below} />
          </div>,
        ]
      : []),
    ...about(o),
  ];
  return {
    ...resultTime(o, t),
    text: beside.length === 0 ? name : <Lines lines={[name, ...beside]} />,
    detail: (
      <Lines
        lines={[
          <Measurements key="values" values={measurements(o)} instead={instead(o, t)} />,
          // A result that may still change, or was changed, always shows its status.
          o.status !== 'final' && <Status key="status" code={o.status} />,
        ].filter(Boolean)}
      />
    ),
  };
}
