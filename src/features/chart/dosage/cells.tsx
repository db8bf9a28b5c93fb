import type { Annotation, Dosage, MedicationRequest, ServiceRequest } from 'fhir/r4';
import type { ReactNode } from 'react';
import { choiceText, formatPeriod } from '#fhir/values/values.ts';
import { useMessages } from '#i18n/provider.tsx';
import { noteTexts } from '#lib/long-text.ts';
import { record } from '#lib/narrow.ts';
import { Flag } from '#ui/flag.tsx';
import { CaveatFlag } from '../cells/caveats.tsx';
import { Concept, DateText, Lines, Value } from '../cells/cells.tsx';
import { longLines } from '../cells/long-text.tsx';
import type { Find } from '../panel.ts';
import { asNeededText } from './as-needed.ts';
import { dosageLines } from './dosage-text.ts';
import {
  absentDrug,
  drugDetails,
  drugDoubts,
  drugName,
  unnamedDrug,
  type Medicated,
} from './drug.ts';
import { messages } from './messages.ts';
import { timingText } from './timing.ts';
import styles from '../cells/cells.module.css';

function Drug({ of, find }: { of: Medicated; find: Find }) {
  const t = useMessages(messages);
  return (
    <Lines lines={[drugTitle(of, find), ...drugFlags(of, find), ...drugDetails(of, find, t)]} />
  );
}

/** Returns flags for reasons why the drug's name may be wrong or mean something else. */
function drugFlags(of: Medicated, find: Find): readonly ReactNode[] {
  const { withdrawn, caveats } = drugDoubts(of, find);
  return [
    withdrawn && <RecordedInError key="withdrawn" />,
    ...caveats.map((caveat) => <CaveatFlag key={caveat} caveat={caveat} />),
  ].filter(Boolean);
}

/** Has its own text: a bare "Entered in error" would read as the status of the order. */
function RecordedInError() {
  const t = useMessages(messages);
  return (
    <Flag tone="warning" icon="warning">
      {t('drugInError')}
    </Flag>
  );
}

/** Returns the cell with the drug. */
export const drugCell = (of: Medicated, find: Find): ReactNode => (
  <Drug key="drug" of={of} find={find} />
);

/** Returns the name of the drug, or that the server sent none. */
function drugTitle(of: Medicated, find: Find): ReactNode {
  const unnamed = unnamedDrug(of, find);
  if (unnamed !== undefined) return <Unnamed reference={unnamed} />;
  const absent = absentDrug(of, find);
  return drugName(of, find) ?? (absent === undefined ? undefined : <Concept value={absent} />);
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

/** Returns the cell with the dosage and the notes. */
export const dosageCell = (
  dosages: readonly Dosage[] | undefined,
  notes: readonly Annotation[] | undefined,
): ReactNode => <DosageLines dosages={dosages} notes={notes} />;

/**
 * Returns a line of a card: the drug, and below it the dosage.
 *
 * @param dosages undefined for a drug that is not to be taken
 */
export function drugLine(
  of: Medicated,
  find: Find,
  dosages: readonly Dosage[] | undefined,
): ReactNode {
  const title = drugTitle(of, find);
  const flags = drugFlags(of, find);
  if (!dosages?.length && flags.length === 0) return title;
  const drug = <Lines lines={[<Value key="title">{title}</Value>, ...flags]} />;
  if (!dosages?.length) return drug;
  return (
    <>
      {drug}
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

/** Returns a flag saying that an order is not the original record, and who reported it. */
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

/** Returns the cell with the prescription date and the period in which it may be dispensed. */
export const prescribedCell = (order: MedicationRequest): ReactNode => <Prescribed order={order} />;

function Due({ request: r }: { request: ServiceRequest }) {
  const t = useMessages(messages);
  const { words, all } = timingText(r.occurrenceTiming, t);
  const at = r.occurrenceTiming ? words : [choiceText(r, 'occurrence')];
  // An extension without a value says why it is missing: the order may be only as needed.
  const { asNeededBoolean, _asNeededBoolean: reason } = r;
  const isTold = all && (reason === undefined || asNeededBoolean !== undefined);
  return <Lines lines={[...at, !isTold && t('more'), asNeededText(r, t)].filter(Boolean)} />;
}

/**
 * Returns the cell with when and how often a request is to be done, and whether only as needed. It
 * says so if more is recorded than it can show.
 */
export const dueCell = (request: ServiceRequest): ReactNode => <Due request={request} />;
