import type { Patient } from 'fhir/r4';
import { Link } from '@tanstack/react-router';
import { birthDateProblem, patientAge } from '#fhir/age.ts';
import { formatDate } from '#fhir/dates.ts';
import { displayName } from '#fhir/names.ts';
import { gender, identifiers, patientStatus, telecoms } from '#fhir/patient.ts';
import type { SimilarReason } from '#fhir/similar.ts';
import type { Stored } from '#fhir/types.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Flag } from '#ui/flag.tsx';
import { messages } from './messages.ts';
import styles from './list.module.css';

type Row = Stored<Patient>;

const FLAGGED = {
  temporary: 'temporaryName',
  anonymous: 'anonymousName',
  expired: 'formerName',
} as const;

export function NameCell({ patient, onOpen }: { patient: Row; onOpen: (patient: Row) => void }) {
  const t = useMessages(messages);
  const name = displayName(patient);
  return (
    <>
      <Link
        to="/patients/$id"
        params={{ id: patient.id }}
        className={styles.name}
        onClick={() => onOpen(patient)}
      >
        <bdi>{name.text ?? t('nameNotKnown')}</bdi>
      </Link>
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

/** Birth date with the age right after it; for the deceased the day and age of death below (CUI PAB-0023, 0024). */
export function BornCell({ patient }: { patient: Row }) {
  const t = useMessages(messages);
  const born = formatDate(patient.birthDate);
  const age = patientAge(patient);
  const problem = birthDateProblem(patient.birthDate);
  const deceased = patientStatus(patient).deceased;
  return (
    <>
      {born ? <span className={styles.nowrap}>{born}</span> : <NotKnown />}
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

export function GenderCell({ patient }: { patient: Row }) {
  const t = useMessages(messages);
  const code = gender(patient);
  return code ? t(code) : <NotKnown />;
}

const SHOWN_IDENTIFIERS = 2;

export function IdentifiersCell({ patient }: { patient: Row }) {
  const t = useMessages(messages);
  const all = identifiers(patient).filter((identifier) => !identifier.old);
  if (all.length === 0) return <NotKnown />;
  const more = all.length - SHOWN_IDENTIFIERS;
  return (
    <ul className={styles.lines}>
      {all.slice(0, SHOWN_IDENTIFIERS).map(({ value, type, system }) => (
        <li key={`${system} ${value}`}>
          <bdi className={styles.value}>{value}</bdi>{' '}
          {type && <span className={styles.aside}>{type}</span>}
        </li>
      ))}
      {more > 0 && <li className={styles.aside}>{t('moreIdentifiers', { count: more })}</li>}
    </ul>
  );
}

/** Characters of the longest number with spaces, extension and country code. */
const LONGEST_PHONE = 24;

export function PhoneCell({ patient }: { patient: Row }) {
  const phone = telecoms(patient).find(
    ({ system, old }) => !old && (system === 'phone' || system === 'sms'),
  );
  if (!phone) return <NotKnown />;
  // A number broken over two lines is misread; only what is too long for one is broken.
  const whole = phone.value.length <= LONGEST_PHONE;
  return <bdi className={whole ? styles.nowrap : styles.value}>{phone.value}</bdi>;
}

/** Each flag in words and with its icon: none is told by colour alone. */
export function StatusCell({
  patient,
  similar,
}: {
  patient: Row;
  similar: SimilarReason | undefined;
}) {
  const t = useMessages(messages);
  const { deceased, inactive, merged, restricted, test } = patientStatus(patient);
  if (!deceased && !inactive && !merged && !restricted && !test && !similar) return null;
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
      {similar && (
        <Flag tone="warning" icon="warning">
          {t(similar === 'same-name' ? 'flagSameName' : 'flagSimilar')}
        </Flag>
      )}
    </span>
  );
}

function NotKnown() {
  const t = useMessages(messages);
  return <span className={styles.notKnown}>{t('notKnown')}</span>;
}
