import type { Annotation, Dosage, MedicationRequest, Timing } from 'fhir/r4';
import type { ReactNode } from 'react';
import { absentReason } from '#fhir/values/absent-reason.ts';
import { formatPeriod } from '#fhir/values/values.ts';
import { useMessages } from '#i18n/provider.tsx';
import { noteTexts } from '#lib/long-text.ts';
import { record } from '#lib/narrow.ts';
import { Flag } from '#ui/flag.tsx';
import { Concept, DateText, Lines, Value } from '../cells/cells.tsx';
import { longLines } from '../cells/long-text.tsx';
import type { Find } from '../panel.ts';
import { dosageLines } from './dosage-text.ts';
import { drugDetails, drugName, unnamedDrug, type Medicated } from './drug.ts';
import { messages } from './messages.ts';
import { timingText } from './timing.ts';
import styles from '../cells/cells.module.css';

function Drug({ of, find }: { of: Medicated; find: Find }) {
  const t = useMessages(messages);
  return <Lines lines={[drugTitle(of, find), ...drugDetails(of, find, t)]} />;
}

/** Cell of which drug it is. */
export const drugCell = (of: Medicated, find: Find): ReactNode => (
  <Drug key="drug" of={of} find={find} />
);

/** Its name, or in plain words that the server sent none. */
function drugTitle(of: Medicated, find: Find): ReactNode {
  const unnamed = unnamedDrug(of, find);
  if (unnamed !== undefined) return <Unnamed reference={unnamed} />;
  const absent = [of.medicationCodeableConcept, of.medicationReference].find(absentReason);
  return drugName(of, find) ?? (absent && <Concept value={absent} />);
}

function Unnamed({ reference }: { reference: string }) {
  const t = useMessages(messages);
  return (
    <Flag tone="warning" icon="warning">
      {t('nameNotSent', { reference })}
    </Flag>
  );
}

function DosageLines({
  dosages,
  notes,
}: {
  dosages: readonly Dosage[] | undefined;
  notes: readonly Annotation[] | undefined;
}) {
  const t = useMessages(messages);
  return <Lines lines={longLines([...dosageLines(dosages, t), ...noteTexts(notes)])} />;
}

/** Cell of how it is taken, and what was remarked. */
export const dosageCell = (
  dosages: readonly Dosage[] | undefined,
  notes: readonly Annotation[] | undefined,
): ReactNode => <DosageLines dosages={dosages} notes={notes} />;

/**
 * A line of a list: which drug, and below it how it is taken.
 *
 * @param dosages undefined where it is not to be taken
 */
export function drugLine(
  of: Medicated,
  find: Find,
  dosages: readonly Dosage[] | undefined,
): ReactNode {
  const drug = drugTitle(of, find);
  if (!dosages?.length) return drug;
  return (
    <>
      <div>
        <Value>{drug}</Value>
      </div>
      <div className={styles.below}>
        <DosageLines dosages={dosages} notes={undefined} />
      </div>
    </>
  );
}

function Reported({ by }: { by: string | undefined }) {
  const t = useMessages(messages);
  return (
    <Flag tone="info" icon="info">
      {by ? t('reportedBy', { who: by }) : t('reported')}
    </Flag>
  );
}

/** Says that an order is not the original record, and who told of it. */
export const reportedFlag = (by: string | undefined): ReactNode => <Reported by={by} />;

function Prescribed({ order }: { order: MedicationRequest }) {
  const t = useMessages(messages);
  const period = formatPeriod(record(order.dispenseRequest)['validityPeriod']);
  return (
    <Lines
      lines={[
        <DateText key="date" value={order.authoredOn} />,
        period && t('valid', { period }),
      ].filter(Boolean)}
    />
  );
}

/** Cell of when it was prescribed, and until when it may be dispensed. */
export const prescribedCell = (order: MedicationRequest): ReactNode => <Prescribed order={order} />;

function When({ timing }: { timing: Timing }) {
  const t = useMessages(messages);
  const { words, all } = timingText(timing, t);
  return <Lines lines={[...words, !all && t('more')].filter(Boolean)} />;
}

/** Cell of when something is to be done, and how often; where more is recorded, that is said. */
export const whenCell = (timing: Timing): ReactNode => <When timing={timing} />;
