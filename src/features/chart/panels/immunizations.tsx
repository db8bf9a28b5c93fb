import type { Immunization } from 'fhir/r4';
import type { ReactNode } from 'react';
import { codedText, codedTexts } from '#fhir/coded/coded-text.ts';
import { formatDateTime } from '#fhir/dates/dates.ts';
import { choiceText } from '#fhir/values/values.ts';
import { listText } from '#i18n/list.ts';
import { records, text } from '#lib/narrow.ts';
import { Flag } from '#ui/flag.tsx';
import { Concept, isWithdrawn, Lines, Status, Value } from '../cells/cells.tsx';
import { eventDate } from '../cells/event-date.ts';
import { noteTexts } from '#lib/long-text.ts';
import { longLines, LongText } from '../cells/long-text.tsx';
import { definePanel, type T } from '../panel.ts';
import { namedIn } from '../cells/reasons.ts';
import { labelledLine } from '../cells/labelled-line.tsx';

/** Returns the reactions with their dates: a reaction to one dose is a warning before the next. */
const reactions = (i: Immunization, t: T): ReactNode =>
  labelledLine(
    t,
    'reaction',
    records(i.reaction).map(({ detail, date }) => {
      const what = namedIn(i, detail, t('otherRecord'));
      const when = formatDateTime(date);
      return what && when ? `${what} (${when})` : (what ?? when);
    }),
  );

/**
 * Returns that the immunization was not reported by its performer, and the origin of the report.
 *
 * @see https://hl7.org/fhir/R4/immunization-definitions.html#Immunization.primarySource
 */
function secondHand(i: Immunization, t: T): ReactNode {
  const by = codedText(i.reportOrigin);
  if (by !== undefined) return labelledLine(t, 'secondHand', [by]);
  return i.primarySource === false && t('secondHand');
}

/**
 * Returns dose and series numbers of each protocol: a combined vaccine may be the third dose
 * against one disease and the first against another.
 */
const doses = (i: Immunization, t: T): readonly (string | undefined)[] =>
  records(i.protocolApplied).map((protocol) => {
    const [n, total] = ['doseNumber', 'seriesDoses'].map(
      (key) => text(protocol[`${key}PositiveInt`]) ?? text(protocol[`${key}String`]),
    );
    const diseases = listText(codedTexts(protocol['targetDisease']));
    const dose = n && total ? t('doseOf', { n, total }) : n;
    return dose && diseases ? `${dose} (${diseases})` : dose;
  });

/** Shows the status. A subpotent dose must not look like one that counts (R4: a modifier). */
function Done({ of: i, t }: { of: Immunization; t: T }) {
  return (
    <Lines
      lines={[
        <Status key="status" code={i.status} />,
        i.isSubpotent === true && (
          <Flag key="weak" tone="warning" icon="warning">
            {t('subpotent')}
          </Flag>
        ),
        codedText(i.statusReason),
        ...(i.isSubpotent === true ? codedTexts(i.subpotentReason) : []),
        reactions(i, t),
        secondHand(i, t),
      ].filter(Boolean)}
    />
  );
}

export const immunizations = definePanel({
  id: 'immunizations',
  type: 'Immunization',
  title: 'immunizations',
  sort: '-date',
  card: true,
  withdrawn: isWithdrawn,
  columns: [
    {
      id: 'what',
      header: 'vaccine',
      rowHeader: true,
      cell: (i) => <Concept value={i.vaccineCode} />,
    },
    { id: 'date', header: 'date', cell: (i) => <LongText text={choiceText(i, 'occurrence')} /> },
    {
      id: 'dose',
      header: 'dose',
      cell: (i, t) => <Lines lines={doses(i, t)} />,
    },
    { id: 'lot', header: 'lotNumber', cell: (i) => <Value>{i.lotNumber}</Value> },
    { id: 'site', header: 'bodySite', cell: (i) => <Concept value={i.site} /> },
    {
      id: 'status',
      header: 'status',
      cell: (i, t) => (
        <Lines lines={[<Done key="done" of={i} t={t} />, ...longLines(noteTexts(i.note))]} />
      ),
    },
  ],
  line: (i, t) => ({
    ...eventDate(i, 'occurrence', i.recorded, t),
    text: <Concept value={i.vaccineCode} />,
    detail: <Done of={i} t={t} />,
  }),
});
