import type { Annotation, Dosage, MedicationRequest, Timing } from 'fhir/r4';
import type { ReactNode } from 'react';
import { formatPeriod } from '#fhir/values/values.ts';
import { useMessages } from '#i18n/provider.tsx';
import { noteTexts } from '#lib/long-text.ts';
import { record } from '#lib/narrow.ts';
import { Flag } from '#ui/flag.tsx';
import { DateText, Lines, Value } from '../cells/cells.tsx';
import { longLines } from '../cells/long-text.tsx';
import type { Find } from '../panel.ts';
import { dosageLines } from './dosage-text.ts';
import { drugDetails, drugName, unnamedDrug, type Medicated } from './drug.ts';
import { messages } from './messages.ts';
import { timingText } from './timing.ts';
import styles from '../cells/cells.module.css';

/** Cell of which drug it is. */
export function Drug({ of, find }: { of: Medicated; find: Find }) {
  const t = useMessages(messages);
  return <Lines lines={[drugTitle(of, find), ...drugDetails(of, find, t)]} />;
}

/** Its name, or in plain words that the server sent none. */
function drugTitle(of: Medicated, find: Find): ReactNode {
  const unnamed = unnamedDrug(of, find);
  return unnamed === undefined ? drugName(of, find) : <Unnamed reference={unnamed} />;
}

function Unnamed({ reference }: { reference: string }) {
  const t = useMessages(messages);
  return (
    <Flag tone="warning" icon="warning">
      {t('nameNotSent', { reference })}
    </Flag>
  );
}

/** Cell of how it is taken, and what was remarked. */
export function DosageLines({
  dosages,
  notes,
}: {
  dosages: readonly Dosage[] | undefined;
  notes: readonly Annotation[] | undefined;
}) {
  const t = useMessages(messages);
  return <Lines lines={longLines([...dosageLines(dosages, t), ...noteTexts(notes)])} />;
}

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

/** Cell of when it was prescribed, and until when it may be dispensed. */
export function Prescribed({ order }: { order: MedicationRequest }) {
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

/** Cell of when something is to be done, and how often; where more is recorded, that is said. */
export function When({ timing }: { timing: Timing }) {
  const t = useMessages(messages);
  const { words, all } = timingText(timing, t);
  return <Lines lines={[...words, !all && t('more')].filter(Boolean)} />;
}
