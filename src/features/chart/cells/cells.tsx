import { isValidElement, type ReactNode } from 'react';
import { codedText } from '#fhir/coded/coded-text.ts';
import { absentReason, withoutReasons } from '#fhir/values/absent-reason.ts';
import { hasStatus } from '#fhir/values/coded-status.ts';
import { codeOf, conceptText } from '#fhir/values/coding.ts';
import { formatDateTime } from '#fhir/dates/dates.ts';
import { record, records, text } from '#lib/narrow.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Flag, type Tone } from '#ui/flag.tsx';
import { longDay } from './local-day.ts';
import { messages } from '../messages.ts';
import type { MessageId, T } from '../panel.ts';
import { wholeDates } from './whole-dates.tsx';
import styles from './cells.module.css';

/** Shows a date, or that none is recorded; the title has the long form. */
export function DateText({ value }: { value: unknown }) {
  const t = useMessages(messages);
  const shown = formatDateTime(value);
  if (shown === undefined) return <Missing>{t('notRecorded')}</Missing>;
  return (
    <time
      className={styles.date}
      dateTime={typeof value === 'string' ? value : undefined}
      title={longDay(value)}
    >
      {shown}
    </time>
  );
}

/** Text in place of a value that is not recorded. */
export function Missing({ children }: { children: ReactNode }) {
  return <span className={styles.missing}>{children}</span>;
}

/** Whether a node can be shown: a server may send an object where text belongs. */
const isShown = (node: ReactNode): boolean =>
  isValidElement(node) || typeof node === 'number' || (typeof node === 'string' && node !== '');

/** Shows a value, or that it is not recorded. */
export function Value({ children }: { children: ReactNode }) {
  const t = useMessages(messages);
  if (!isShown(children)) return <Missing>{t('notRecorded')}</Missing>;
  if (isValidElement(children)) return children;
  return <bdi>{typeof children === 'string' ? wholeDates(children) : children}</bdi>;
}

/** Shows a concept, or why it is absent: "withheld" is not "not recorded". */
export function Concept({ value }: { value: unknown }) {
  return <Value>{conceptWords(value, useMessages(messages))}</Value>;
}

/** Returns the text of a {@link Concept}; undefined where nothing is recorded. */
export function conceptWords(concept: unknown, t: T): string | undefined {
  const reason = absentReason(concept);
  const why = reason && absentWord(reason, t);
  if (why && why !== reason) return why;
  return codedText(withoutReasons(concept)) ?? codedText(concept) ?? why;
}

/** Shows several lines in one cell. */
export function Lines({ lines }: { lines: readonly ReactNode[] }) {
  const shown = lines.filter(isShown);
  if (shown.length === 0) return <Value>{undefined}</Value>;
  return (
    <>
      {shown.map((line, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- lines have no identity of their own
        <div key={index}>{typeof line === 'string' ? <bdi>{wholeDates(line)}</bdi> : line}</div>
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

/** Returns the text of a status code; a code without a translation is returned as it is. */
export function statusWord(code: string, t: T): string {
  const id = `status.${code}`;
  return Object.hasOwn(messages.en, id) ? t(id as MessageId) : code;
}

/** Returns the text of a data-absent-reason code; a code without a translation as it is. */
export function absentWord(code: string, t: T): string {
  const id = `absent.${code}`;
  return Object.hasOwn(messages.en, id) ? t(id as MessageId) : code;
}

/** Shows the text of a status code. */
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
 * Returns the code of a coded status (`Condition.clinicalStatus`): one with a translation, else the
 * first, else the text of the concept.
 */
export function conceptCode(concept: unknown): string | undefined {
  const codes = records(record(concept)['coding']).map((coding) => text(coding['code']));
  const known = codes.find((code) => Object.hasOwn(messages.en, `status.${code}`));
  return known ?? codeOf(concept) ?? conceptText(concept);
}

/**
 * Shows the clinical status of a problem or an allergy, and its verification status unless that is
 * confirmed: a suspicion must never look like a diagnosis.
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
  return (
    r['status'] === 'entered-in-error' || hasStatus(r['verificationStatus'], 'entered-in-error')
  );
}

/**
 * Strikes out withdrawn content. With `first`, for the cell that names the row, it also says so.
 */
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
