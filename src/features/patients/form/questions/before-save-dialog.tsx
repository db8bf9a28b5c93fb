import type { OperationOutcomeIssue, Patient } from 'fhir/r4';
import type { AnswerLost } from '#data/mutations-lost.ts';
import { displayName } from '#fhir/patient/names.ts';
import { issueText } from '#fhir/outcome.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog/dialog.tsx';
import { Flag } from '#ui/flag.tsx';
import { Notice } from '#ui/notice.tsx';
import { ComparePatients } from '../compare/compare-patients.tsx';
import type { Found, Match } from '../duplicates/find-duplicates.ts';
import { isLikely, isSure } from '../duplicates/likely-match.ts';
import { messages as formMessages } from '../messages.ts';
import { messages } from './messages.ts';
import type { Asked } from '../save/save-types.ts';
import { SaveError } from './save-error.tsx';
import styles from '../form.module.css';

/** Reasons to ask before a save. */
export interface Doubts {
  /** Possible duplicates. */
  found?: Found | undefined;
  /** Errors of `$validate`. */
  issues?: readonly OperationOutcomeIssue[] | undefined;
  /** Age in years if it is unusually high. */
  old?: number | undefined;
}

export interface BeforeSaveProps extends Doubts {
  asked: Asked;
  patient: Patient;
  title: 'duplicatesTitle' | 'objectsTitle' | 'confirmTitle' | 'existsTitle';
  /** Label of the confirm button; undefined if the patient cannot be saved as it is. */
  confirm?: 'createAnyway' | 'saveAnyway' | undefined;
  onOpen?: (id: string) => void;
}

/** Asks before a save that may be a mistake. With `confirm` the user can save anyway. */
export function BeforeSaveDialog(props: BeforeSaveProps) {
  const { asked, patient, found, issues, old, title, confirm, onOpen } = props;
  const t = useMessages(messages);
  const f = useMessages(formMessages);
  const matches = found?.matches ?? [];
  const [first, ...others] = found?.unchecked ?? [];
  const doubt = others.length > 0 ? 'all' : first;
  // The button that creates a likely duplicate must not be the primary one.
  const confirmAs = matches.some(isLikely)
    ? 'danger'
    : matches.length > 0
      ? 'secondary'
      : 'primary';
  const texts = new Set(issues?.map((issue) => issueText(issue) ?? issue.code));
  return (
    <Dialog
      open
      wide
      title={t(title)}
      onClose={asked.close}
      actions={
        <>
          <Button onClick={asked.close}>{t('goBack')}</Button>
          {confirm && (
            <Button variant={confirmAs} onClick={() => asked.again(idsOf(matches))}>
              {t(confirm)}
            </Button>
          )}
        </>
      }
    >
      {texts.size > 0 && (
        <Notice tone="danger" title={f('problems', { n: texts.size })}>
          <ul>
            {[...texts].map((text) => (
              <li key={text} dir="auto">
                {text}
              </li>
            ))}
          </ul>
          <p>{t('objectsText')}</p>
        </Notice>
      )}
      {doubt && <Notice tone="warning" title={t(`notChecked.${doubt}`)} />}
      {old !== undefined && <Notice tone="warning" title={t('veryOld', { years: old })} />}
      {matches.length > 0 && (
        <Matches patient={patient} matches={matches} {...(onOpen && { onOpen })} />
      )}
    </Dialog>
  );
}

const idsOf = (matches: readonly Match[]): readonly string[] => matches.map((m) => m.patient.id);

/** Shows the new patient side by side with the possible duplicates. */
export function Matches({
  patient,
  matches,
  onOpen,
}: {
  patient: Patient;
  matches: readonly Match[];
  /** Called to open an existing record instead of creating one. */
  onOpen?: (id: string) => void;
}) {
  const t = useMessages(messages);
  const f = useMessages(formMessages);
  const shown = matches.slice(0, 5);
  const columns = [
    { key: 'new', patient, heading: f('newPatient') },
    ...shown.map((m) => ({
      key: m.patient.id,
      patient: m.patient,
      heading: displayName(m.patient).text ?? f('nameNotKnown'),
    })),
  ];
  return (
    <>
      <p>{t('duplicatesText', { n: matches.length })}</p>
      <ComparePatients patients={columns}>
        <tr>
          <th scope="row">{t('why')}</th>
          <td aria-hidden="true">{'\u00a0'}</td>
          {shown.map((m) => (
            <td key={m.patient.id}>
              <div className={styles.reasons}>
                {m.reasons.map((reason) => (
                  <Flag key={reason} tone={isSure(reason, m) ? 'danger' : 'warning'}>
                    {reason === 'server' && m.grade ? t(`grade.${m.grade}`) : t(`reason.${reason}`)}
                  </Flag>
                ))}
              </div>
            </td>
          ))}
        </tr>
        {onOpen && (
          <tr>
            <th scope="row">{t('isSame')}</th>
            <td aria-hidden="true">{'\u00a0'}</td>
            {shown.map((m) => (
              <td key={m.patient.id}>
                <Button
                  variant={isLikely(m) ? 'primary' : 'secondary'}
                  onClick={() => onOpen(m.patient.id)}
                >
                  {t('openInstead')}
                  <span className="visually-hidden"> {displayName(m.patient).text ?? ''}</span>
                </Button>
              </td>
            ))}
          </tr>
        )}
      </ComparePatients>
    </>
  );
}

/** Shown if a create request got no response, with the records that may be its result. */
export function LostAnswerDialog({
  asked,
  patient,
  found,
  onAnyway,
  onOpen,
}: {
  asked: Asked;
  patient: Patient;
  found: Found;
  /** Creates a new record although these records were found. */
  onAnyway: (seen: readonly string[]) => void;
  onOpen: (id: string) => void;
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
          <Button
            variant={there ? 'danger' : 'primary'}
            onClick={there ? () => onAnyway(idsOf(found.matches)) : () => asked.again()}
          >
            {t(there ? 'createAnyway' : 'tryAgain')}
          </Button>
        </>
      }
    >
      <Notice
        tone="warning"
        role="alert"
        title={t(there ? 'lostFound' : found.unchecked.length > 0 ? 'lostUnknown' : 'lostNotFound')}
      />
      {there && <Matches patient={patient} matches={found.matches} onOpen={onOpen} />}
    </Dialog>
  );
}

/** Shown if an update got no response: it was not done, or its outcome is unknown. */
export function LostChangeDialog({ asked, error }: { asked: Asked; error: AnswerLost }) {
  const t = useMessages(messages);
  return (
    <Dialog
      open
      title={t('lostTitle')}
      onClose={asked.close}
      actions={
        <>
          <Button onClick={asked.close}>{t('goBack')}</Button>
          <Button variant="primary" onClick={() => asked.again()}>
            {t('tryAgain')}
          </Button>
        </>
      }
    >
      <SaveError error={error} />
    </Dialog>
  );
}
