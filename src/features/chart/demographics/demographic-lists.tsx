import { Link } from '@tanstack/react-router';
import type { Patient } from 'fhir/r4';
import type { ReactNode } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { addresses } from '#fhir/patient/addresses.ts';
import { formatName } from '#fhir/patient/names.ts';
import { identifierType, identifiers, telecoms } from '#fhir/patient/patient.ts';
import { patientLinks } from '#fhir/patient/patient-details.ts';
import { absentEntries, notVerifiedNumbers } from '#fhir/patient/qualifiers.ts';
import { contactHref } from '#fhir/safe-url.ts';
import { formatPeriod } from '#fhir/values/values.ts';
import { list, record, text } from '#lib/narrow.ts';
import { useMessages } from '#i18n/provider.tsx';
import { absentWord, Value } from '../cells/cells.tsx';
import { LinkedPatient } from './linked-patient.tsx';
import { outOfUse } from './out-of-use.ts';
import { messages } from '../messages.ts';
import type { MessageId, T } from '../panel.ts';
import { persons } from './contact-persons.ts';
import styles from '../summary/summary.module.css';

/** Returns the translation of a code (`use.home`), else the code as it was sent. */
function word(
  group: 'use' | 'system' | 'link',
  code: string | undefined,
  t: T,
): string | undefined {
  if (code === undefined) return undefined;
  const id = `${group}.${code}`;
  return Object.hasOwn(messages.en, id) ? t(id as MessageId) : code;
}

const notes = (...parts: (string | undefined)[]): string => parts.filter(Boolean).join(', ');

/** Maximum number of rows: a hostile server may send a hundred thousand names. */
const MOST = 100;

interface Row {
  readonly content: ReactNode;
  readonly note?: string;
  readonly state?: ReturnType<typeof outOfUse>;
}

function Rows({ rows }: { rows: readonly Row[] }) {
  const t = useMessages(messages);
  if (rows.length === 0) return <Value>{undefined}</Value>;
  return (
    <ul className={styles.names}>
      {rows.slice(0, MOST).map(({ content, note, state }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the data has no keys of its own
        <li key={index}>
          {state === 'noLongerInUse' ? <del>{content}</del> : content}
          {(note || state) && <div className={styles.muted}>{notes(note, state && t(state))}</div>}
        </li>
      ))}
      {rows.length > MOST && <li>{t('andMore', { n: rows.length - MOST })}</li>}
    </ul>
  );
}

export function NameList({ patient }: { patient: Patient }) {
  const t = useMessages(messages);
  const rows = list(patient.name).flatMap((name) => {
    const shown = formatName(name);
    if (shown === undefined) return [];
    const { use, period } = record(name);
    return [
      {
        content: <bdi>{shown}</bdi>,
        note: notes(word('use', text(use), t), formatPeriod(period)),
      },
    ];
  });
  return <Rows rows={rows} />;
}

export function IdentifierList({ patient }: { patient: Patient }) {
  const t = useMessages(messages);
  const doubts = notVerifiedNumbers(patient);
  const rows = identifiers(patient).map((i) => ({
    content: <bdi>{i.value}</bdi>,
    note: notes(
      i.type ?? i.system,
      i.assigner,
      word('use', i.use, t),
      formatPeriod(i.period),
      doubts.get(i.raw),
    ),
    state: outOfUse(i),
  }));
  return <Rows rows={[...rows, ...absentRows(patient, 'identifier', t)]} />;
}

/** Returns rows for entries without a value, such as withheld ones; each says which entry it is. */
const absentRows = (
  holder: unknown,
  field: 'telecom' | 'address' | 'identifier',
  t: T,
): readonly Row[] =>
  absentEntries(holder, field).map(({ reason, entry }) => {
    const state = outOfUse(entry);
    return {
      content: <bdi>{absentWord(reason, t)}</bdi>,
      note: notes(
        (field === 'identifier' ? identifierType(entry) : undefined) ??
          word('system', text(entry['system']), t),
        text(record(entry['assigner'])['display']),
        word('use', text(entry['use']), t),
        formatPeriod(entry['period']),
        // Not the row's `state`: a struck-out "Withheld" would mean that it is no longer withheld.
        state && t(state),
      ),
    };
  });

export function TelecomList({ holder }: { holder: unknown }) {
  const t = useMessages(messages);
  const rows = telecoms(holder).map((telecom): Row => {
    const href = contactHref(telecom.system, telecom.value);
    return {
      content: href ? <a href={href}>{telecom.value}</a> : <bdi>{telecom.value}</bdi>,
      note: notes(
        word('system', telecom.system, t),
        word('use', telecom.use, t),
        formatPeriod(telecom.period),
      ),
      state: outOfUse(telecom),
    };
  });
  return <Rows rows={[...rows, ...absentRows(holder, 'telecom', t)]} />;
}

export function AddressList({ holder }: { holder: unknown }) {
  const t = useMessages(messages);
  const rows = addresses(holder).map((address) => ({
    content: <bdi>{address.lines.join(', ')}</bdi>,
    note: notes(word('use', address.use, t), formatPeriod(address.period)),
    state: outOfUse(address),
  }));
  return <Rows rows={[...rows, ...absentRows(holder, 'address', t)]} />;
}

export function PersonList({ patient }: { patient: Patient }) {
  const t = useMessages(messages);
  const rows = persons(patient, t).map(({ who, said, state }) => ({
    content: <bdi>{who}</bdi>,
    note: said,
    state,
  }));
  return <Rows rows={rows} />;
}

/** Maximum number of linked patients that are read: a hostile server may name a hundred. */
const READ = 5;

export function LinkList({ patient }: { patient: Patient }) {
  const t = useMessages(messages);
  const { client } = useFhir();
  const rows = patientLinks(patient, client.baseUrl).map(
    ({ type, target, text: label = '' }, at): Row => {
      const note = word('link', type, t) ?? '';
      if (target?.type !== 'Patient') return { content: label, note };
      if (at < READ) return { content: <LinkedPatient id={target.id} label={label} note={note} /> };
      const link = (
        <Link to="/patients/$id" params={{ id: target.id }}>
          {label}
        </Link>
      );
      return { content: link, note };
    },
  );
  return <Rows rows={rows} />;
}
