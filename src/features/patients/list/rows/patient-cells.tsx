import type { Patient } from 'fhir/r4';
import type { ReactNode } from 'react';
import { birthDateGuess, birthDateProblem, patientAge } from '#fhir/patient/age.ts';
import { formatDate, today } from '#fhir/dates/dates.ts';
import { displayName } from '#fhir/patient/names.ts';
import { gender, identifiers, inUse, patientStatus, telecoms } from '#fhir/patient/patient.ts';
import type { Stored } from '#fhir/types.ts';
import type { Translate } from '#i18n/provider.tsx';
import { record, records, type Json } from '#lib/narrow.ts';
import { Flag } from '#ui/flag.tsx';
import type { ColumnId } from './columns.ts';
import type { messages } from '../messages.ts';
import styles from '../list.module.css';

type Row = Stored<Patient>;

// Plain functions of a patient, without hooks, because the script that runs before the app also
// draws the first rows with them.

export type ListText = Translate<keyof (typeof messages)['en']>;

interface CellProps {
  patient: Row;
  t: ListText;
}

const FLAGGED = {
  temporary: 'temporaryName',
  anonymous: 'anonymousName',
  expired: 'noCurrentName',
} as const;

/** @param props.link wraps the name in a link to the chart */
export function NameCell({
  patient,
  t,
  link,
}: CellProps & { link: (className: string | undefined, name: ReactNode) => ReactNode }) {
  const name = displayName(patient);
  return (
    <>
      {link(styles.name, <bdi>{name.text ?? t('nameNotKnown')}</bdi>)}
      {name.flags.map((flag) => (
        <span key={flag} className={styles.aside}>
          {t(FLAGGED[flag])}
        </span>
      ))}
      {name.preferred && (
        <div className={styles.aside}>{t('preferred', { name: name.preferred })}</div>
      )}
    </>
  );
}

const PROBLEMS = {
  future: 'birthDateFuture',
  implausible: 'birthDateDoubtful',
  invalid: 'birthDateInvalid',
} as const;

/** Birth date and age; for a deceased patient, day and age of death below (CUI PAB-0023, 0024). */
function BornCell({ patient, t }: CellProps) {
  const born = formatDate(patient.birthDate);
  const age = patientAge(patient);
  // An unknown year gets the same flag as an implausible date, because no age shows the doubt.
  const guessed = birthDateGuess(patient)?.endsWith('U') ? 'implausible' : undefined;
  const problem = birthDateProblem(patient.birthDate) ?? guessed;
  const deceased = patientStatus(patient).deceased;
  return (
    <>
      {born ? (
        <span className={styles.nowrap}>{born}</span>
      ) : (
        <NotKnown t={t} of={[patient['_birthDate']]} />
      )}
      {age && !age.atDeath && (
        <span className={styles.nowrap}>
          {' '}
          {t(age.approx ? 'ageApprox' : 'age', { age: age.value })}
        </span>
      )}
      {problem && (
        <>
          {' '}
          <Flag tone="warning" icon="warning">
            {t(PROBLEMS[problem])}
          </Flag>
        </>
      )}
      {deceased && (
        <div className={styles.aside}>
          {deceased.date ? t('died', { date: formatDate(deceased.date) }) : t('diedUnknown')}
          {age?.atDeath && (
            <>
              <br />
              {t(age.approx ? 'ageAtDeathApprox' : 'ageAtDeath', { age: age.value })}
            </>
          )}
        </div>
      )}
    </>
  );
}

function GenderCell({ patient, t }: CellProps) {
  const code = gender(patient);
  return code ? t(code) : <NotKnown t={t} of={[patient['_gender']]} />;
}

const SHOWN_IDENTIFIERS = 2;

function IdentifiersCell({ patient, t }: CellProps) {
  const all = identifiers(patient).filter((identifier) => !identifier.old);
  if (all.length === 0) return <NotKnown t={t} of={current(patient.identifier)} />;
  const more = all.length - SHOWN_IDENTIFIERS;
  return (
    <ul className={styles.lines}>
      {all.slice(0, SHOWN_IDENTIFIERS).map(({ value, type, system }) => (
        <li key={`${system} ${value}`}>
          <bdi>{value}</bdi> {type && <span className={styles.aside}>{type}</span>}
        </li>
      ))}
      {more > 0 && <li className={styles.aside}>{t('moreIdentifiers', { count: more })}</li>}
    </ul>
  );
}

const isPhone = ({ system }: { readonly system?: unknown }): boolean =>
  system === 'phone' || system === 'sms';

function PhoneCell({ patient, t }: CellProps) {
  const phone = telecoms(patient).find((one) => !one.old && isPhone(one));
  if (!phone) return <NotKnown t={t} of={current(patient.telecom, isPhone)} />;
  return <bdi>{phone.value}</bdi>;
}

/**
 * Status flags, each with text and an icon, so that none depends on colour alone.
 *
 * @param props.more further flags, which arrive after the rows
 */
export function StatusCell({ patient, t, more }: CellProps & { more: ReactNode }) {
  const { deceased, inactive, merged, restricted, test } = patientStatus(patient);
  if (!deceased && !inactive && !merged && !restricted && !test && !more) return null;
  return (
    <span className={styles.flags}>
      {merged && (
        <Flag tone="danger" icon="merge">
          {t('flagMerged')}
        </Flag>
      )}
      {deceased && (
        <Flag tone="neutral" icon="deceased">
          {t('flagDeceased')}
        </Flag>
      )}
      {inactive && (
        <Flag tone="neutral" icon="inactive">
          {t('flagInactive')}
        </Flag>
      )}
      {restricted && (
        <Flag tone="warning" icon="lock">
          {t('flagRestricted')}
        </Flag>
      )}
      {test && (
        <Flag tone="info" icon="flask">
          {t('flagTest')}
        </Flag>
      )}
      {more}
    </span>
  );
}

/** Returns the elements of current entries that may hold the reason for a missing value. */
const current = (
  entries: unknown,
  isOfKind: (entry: Json) => boolean = () => true,
): readonly unknown[] =>
  records(entries).flatMap((entry) =>
    isOfKind(entry) && !inUse(entry, today()).old ? [entry, entry['_value']] : [],
  );

/** Says that a value is withheld or not known, which are two different things. */
function NotKnown({ t, of }: { t: ListText; of: readonly unknown[] }) {
  const withheld = of
    .flatMap((element) => records(record(element)['extension']))
    .some(({ valueCode }) => valueCode === 'masked');
  return <span className={styles.notKnown}>{t(withheld ? 'withheld' : 'notKnown')}</span>;
}

const USUAL = {
  birthDate: BornCell,
  gender: GenderCell,
  identifiers: IdentifiersCell,
  phone: PhoneCell,
} as const;

/** A column shown by default. */
export type UsualColumn = keyof typeof USUAL;

export const isUsual = (column: ColumnId): column is UsualColumn => column in USUAL;

/** The cell of a column shown by default. */
export function UsualCell({ column, patient, t }: CellProps & { column: UsualColumn }) {
  const Cell = USUAL[column];
  return <Cell patient={patient} t={t} />;
}
