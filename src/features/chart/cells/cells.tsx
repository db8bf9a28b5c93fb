import { isValidElement, type ReactNode } from 'react';
import { codedText } from '#fhir/coded/coded-text.ts';
import { absentReason, withoutReasons } from '#fhir/values/absent-reason.ts';
import { codeOf, conceptText, hasCode } from '#fhir/values/coding.ts';
import { formatDateLong, formatDateTime } from '#fhir/dates/dates.ts';
import { record, records, text } from '#lib/narrow.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Flag, type Tone } from '#ui/flag.tsx';
import { localDay } from './local-day.ts';
import { messages } from '../messages.ts';
import type { MessageId, T } from '../panel.ts';
import styles from './cells.module.css';

/** A date, or that none is recorded. Screen readers hear the long form. */
export function DateText({ value }: { value: unknown }) {
  const t = useMessages(messages);
  const shown = formatDateTime(value);
  if (shown === undefined) return <Missing>{t('notRecorded')}</Missing>;
  // Of the day that is shown: near midnight the day as it was written may be another one.
  const long = formatDateLong(localDay(value));
  return (
    <time
      className={styles.date}
      dateTime={typeof value === 'string' ? value : undefined}
      title={long}
    >
      {shown}
    </time>
  );
}

/** Words that stand in for what is not recorded. */
export function Missing({ children }: { children: ReactNode }) {
  return <span className={styles.missing}>{children}</span>;
}

/** Whether something can be shown: a server may send an object where words belong. */
const isShown = (node: ReactNode): boolean =>
  isValidElement(node) || typeof node === 'number' || (typeof node === 'string' && node !== '');

/** A value that may be missing. */
export function Value({ children }: { children: ReactNode }) {
  const t = useMessages(messages);
  if (!isShown(children)) return <Missing>{t('notRecorded')}</Missing>;
  return isValidElement(children) ? children : <bdi>{children}</bdi>;
}

/** A concept in words, else why it is not there: what is withheld is not "not recorded". */
export function Concept({ value }: { value: unknown }) {
  return <Value>{conceptWords(value, useMessages(messages))}</Value>;
}

/** As {@link Concept} has it; undefined where nothing is said. */
export function conceptWords(concept: unknown, t: T): string | undefined {
  const reason = absentReason(concept);
  const why = reason && absentWord(reason, t);
  if (why && why !== reason) return why;
  return codedText(withoutReasons(concept)) ?? codedText(concept) ?? why;
}

/** Several lines in one cell. */
export function Lines({ lines }: { lines: readonly ReactNode[] }) {
  const shown = lines.filter(isShown);
  if (shown.length === 0) return <Value>{undefined}</Value>;
  return (
    <>
      {shown.map((line, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- lines have no identity of their own
        <div key={index}>{typeof line === 'string' ? <bdi>{line}</bdi> : line}</div>
      ))}
    </>
  );
}

const STRONG: Readonly<Record<string, Tone>> = {
  active: 'info',
  recurrence: 'info',
  relapse: 'info',
  'in-progress': 'info',
  'entered-in-error': 'danger',
  refuted: 'danger',
  'not-done': 'warning',
  'not-taken': 'warning',
  stopped: 'warning',
  cancelled: 'warning',
  'on-hold': 'warning',
  preliminary: 'warning',
  registered: 'warning',
  superseded: 'warning',
  unconfirmed: 'warning',
  provisional: 'warning',
  differential: 'warning',
};

/** The words for a status code; a code that the catalogue does not know is shown as it is. */
export function statusWord(code: string, t: T): string {
  const id = `status.${code}`;
  return Object.hasOwn(messages.en, id) ? t(id as MessageId) : code;
}

/** The words for a code of data-absent-reason; one that the catalogue does not know stays. */
export function absentWord(code: string, t: T): string {
  const id = `absent.${code}`;
  return Object.hasOwn(messages.en, id) ? t(id as MessageId) : code;
}

/** A status code in words. */
export function Status({ code }: { code: unknown }) {
  const t = useMessages(messages);
  const status = text(code);
  if (status === undefined) return <Value>{undefined}</Value>;
  const tone = STRONG[status] ?? 'neutral';
  return (
    <Flag tone={tone} {...(tone === 'danger' && { icon: 'error' as const })}>
      {statusWord(status, t)}
    </Flag>
  );
}

/**
 * The code of a coded status (`Condition.clinicalStatus`): one that the catalogue has words for,
 * else the first, else the words that stand in its place.
 */
export function conceptCode(concept: unknown): string | undefined {
  const codes = records(record(concept)['coding']).map((coding) => text(coding['code']));
  const known = codes.find((code) => Object.hasOwn(messages.en, `status.${code}`));
  return known ?? codeOf(concept) ?? conceptText(concept);
}

/**
 * What holds of a problem or an allergy now, and how sure it is, where that is less than confirmed:
 * a suspicion must never look like a diagnosis.
 */
export function ClinicalStatus({
  of: { clinicalStatus, verificationStatus },
}: {
  of: { readonly clinicalStatus?: unknown; readonly verificationStatus?: unknown };
}) {
  const sure = conceptCode(verificationStatus);
  const clinical = conceptCode(clinicalStatus);
  return (
    <Lines
      lines={[
        clinical && <Status key="clinical" code={clinical} />,
        sure && sure !== 'confirmed' && <Status key="sure" code={sure} />,
      ].filter(Boolean)}
    />
  );
}

/** Whether a record was withdrawn, by its `status` or `verificationStatus`. */
export function isWithdrawn(resource: unknown): boolean {
  const r = record(resource);
  return r['status'] === 'entered-in-error' || hasCode(r['verificationStatus'], 'entered-in-error');
}

/** Strikes out what was withdrawn; the words for it stand once, in the cell that names the row. */
export function Withdrawn({
  when,
  first,
  children,
}: {
  when: boolean;
  first: boolean;
  children: ReactNode;
}) {
  const t = useMessages(messages);
  if (!when) return <>{children}</>;
  return (
    <>
      <del className={styles.withdrawn}>{children}</del>
      {first && <div>{t('withdrawn')}</div>}
    </>
  );
}
