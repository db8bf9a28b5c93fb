import { ageAt } from '#fhir/age.ts';
import { formatDate } from '#fhir/dates.ts';
import { displayName } from '#fhir/names.ts';
import { gender, identifiers, telecoms } from '#fhir/patient.ts';
import type { Patient } from 'fhir/r4';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Flag } from '#ui/flag.tsx';
import { Notice } from '#ui/notice.tsx';
import type { Found, Match } from './find-duplicates.ts';
import { messages } from './messages.ts';
import type { Asked } from './patient-form.tsx';
import styles from './form.module.css';

interface Props {
  asked: Asked;
  patient: Patient;
  found: Found;
  /** Age in years, where it is unusual. */
  old: number | undefined;
  title: string;
  confirm: string;
}

/** The second step before a save that may be a mistake: advice, never a wall. */
export function BeforeSaveDialog({ asked, patient, found, old, title, confirm }: Props) {
  const t = useMessages(messages);
  return (
    <Dialog
      open
      wide
      title={title}
      onClose={asked.close}
      actions={
        <>
          <Button onClick={asked.close}>{t('goBack')}</Button>
          <Button variant="primary" onClick={asked.again}>
            {confirm}
          </Button>
        </>
      }
    >
      {old !== undefined && <Notice tone="warning" title={t('veryOld', { years: old })} />}
      {found.matches.length > 0 && <Matches patient={patient} matches={found.matches} />}
    </Dialog>
  );
}

/** The patient to be created beside those who may be the same person. */
export function Matches({ patient, matches }: { patient: Patient; matches: readonly Match[] }) {
  const t = useMessages(messages);
  const shown = matches.slice(0, 5);
  const row = (label: string, cell: (p: Patient) => string | undefined) => (
    <tr>
      <th scope="row">{label}</th>
      <td>{cell(patient) ?? t('notKnown')}</td>
      {shown.map((m) => (
        <td key={m.patient.id}>{cell(m.patient) ?? t('notKnown')}</td>
      ))}
    </tr>
  );
  return (
    <>
      <p>{t('duplicatesText', { n: matches.length })}</p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard */}
      <div className={styles.compare} role="region" aria-label={t('compared')} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('element')}</th>
              <th scope="col">{t('newPatient')}</th>
              {shown.map((m) => (
                <th scope="col" key={m.patient.id}>
                  <a href={chartUrl(m.patient.id)} target="_blank" rel="noopener">
                    {displayName(m.patient).text ?? t('nameNotKnown')}
                    <span className="visually-hidden"> {t('opensElsewhere')}</span>
                  </a>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {row(t('name'), (p) => displayName(p).text)}
            {row(t('birthDate'), (p) => {
              const age = ageAt(p.birthDate);
              const born = formatDate(p.birthDate);
              return born && age ? `${born} (${age.value})` : born;
            })}
            {row(t('gender'), (p) => {
              const code = gender(p);
              return code && t(`gender.${code}`);
            })}
            {row(
              t('identifiers'),
              (p) =>
                identifiers(p)
                  .map((i) => i.value)
                  .join(', ') || undefined,
            )}
            {row(
              t('contact'),
              (p) =>
                telecoms(p)
                  .map((c) => c.value)
                  .join(', ') || undefined,
            )}
            <tr>
              <th scope="row">{t('why')}</th>
              <td aria-hidden="true">{'\u00a0'}</td>
              {shown.map((m) => (
                <td key={m.patient.id}>
                  <div className={styles.reasons}>
                    {m.reasons.map((reason) => (
                      <Flag key={reason} tone={reason === 'identifier' ? 'danger' : 'warning'}>
                        {t(`reason.${reason}`)}
                      </Flag>
                    ))}
                  </div>
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
    </>
  );
}

/** The chart's address under whatever path the app is hosted. */
function chartUrl(id: string): string {
  return new URL(
    `patients/${encodeURIComponent(id)}`,
    new URL(import.meta.env.BASE_URL, location.origin),
  ).href;
}

/** No answer came to a create: whether it was done is not known until one looks. */
export function LostAnswerDialog({
  asked,
  patient,
  found,
}: {
  asked: Asked;
  patient: Patient;
  found: Found;
}) {
  const t = useMessages(messages);
  const there = found.matches.length > 0;
  return (
    <Dialog
      open
      wide
      title={t('lostTitle')}
      onClose={asked.close}
      actions={
        <>
          <Button onClick={asked.close}>{t('goBack')}</Button>
          <Button variant={there ? 'danger' : 'primary'} onClick={asked.again}>
            {t(there ? 'createAnyway' : 'tryAgain')}
          </Button>
        </>
      }
    >
      <Notice
        tone="warning"
        role="alert"
        title={t(there ? 'lostFound' : found.failed ? 'lostUnknown' : 'lostNotFound')}
      />
      {there && <Matches patient={patient} matches={found.matches} />}
    </Dialog>
  );
}
