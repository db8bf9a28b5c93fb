import type { Patient } from 'fhir/r4';
import { useState } from 'react';
import { useCan } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { Conflict } from '#fhir/errors.ts';
import { displayName } from '#fhir/patient/names.ts';
import { patientStatus } from '#fhir/patient/patient.ts';
import { useMessages } from '#i18n/provider.tsx';
import { SelectField, TextField } from '#ui/field/field.tsx';
import { Notice } from '#ui/notice.tsx';
import { ActionDialog } from './action-dialog.tsx';
import type { ActionProps } from './actions.ts';
import { changePatient } from './change-patient.ts';
import { messages } from './messages.ts';
import { useDeletion } from './use-deletion.ts';
import { useRecordAction } from './use-record-action.ts';

const REASONS = ['error', 'test', 'duplicate', 'request', 'law'] as const;

/** Returns the text to type as confirmation: the family name, else any name, else the id. */
function wordOf(patient: Patient): string {
  const { parts, text } = displayName(patient);
  return (parts?.family ?? text ?? patient.id ?? '').trim();
}

const plain = (text: string): string =>
  text.normalize('NFC').replace(/\s+/g, ' ').trim().toLocaleLowerCase();

/** Deletes a record. The user chooses a reason and types the name, which guards against mix-ups. */
export function DeleteDialog(props: ActionProps) {
  const t = useMessages(messages);
  const action = useRecordAction(props);
  const keepReason = useCan('create', 'Provenance').allowed;
  const mayChange = useCan('update', 'Patient').allowed;
  const { baseUrl } = useFhir().client;
  const keepsVersions = useCan('history', 'Patient').allowed;
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState(false);
  const { resource } = action.opened;
  const name = displayName(resource).text ?? t('nameNotKnown');
  const word = wordOf(resource);
  const noReason = reason === '';
  const noName = plain(typed) !== plain(word);

  const remove = useDeletion(action, {
    keepReason,
    onChanged: () => {
      setTyped('');
      setAsked(false);
    },
    onDone: props.onClose,
  });
  const confirm = (): void => {
    setAsked(true);
    if (noReason || noName) return;
    const chosen = REASONS.find((r) => r === reason);
    remove(chosen ? t(`reason.${chosen}`) : reason);
  };

  const refused = action.error instanceof Conflict;
  const { inactive, merged } = patientStatus(resource, baseUrl);
  const markInactive = (): void =>
    action.save({
      make: (patient) => changePatient(patient, (form) => void (form.active = 'false')),
      isDone: ({ active }) => active === false,
      said: t('inactiveDone', { name }),
    });

  return (
    <ActionDialog
      action={refused ? { ...action, error: undefined } : action}
      title={t('deleteTitle', { name })}
      confirm={t('delete')}
      other={
        refused && mayChange && !merged && !inactive
          ? { label: t('inactive'), onChoose: markInactive }
          : undefined
      }
      danger
      ofMerged
      onConfirm={confirm}
    >
      {action.error instanceof Conflict && (
        <Notice tone="danger" role="alert" title={t('deleteRefused')}>
          {action.error.detail && <p>{action.error.detail}</p>}
        </Notice>
      )}
      <p>{t('deleteText')}</p>
      {keepsVersions && <p>{t('deleteHistory')}</p>}
      <SelectField
        label={t('reason')}
        hint={t(keepReason ? 'reasonKept' : 'reasonLost')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={asked && noReason && t('needReason')}
        options={[
          { value: '', label: t('chooseReason') },
          ...REASONS.map((value) => ({ value, label: t(`reason.${value}`) })),
        ]}
      />
      <TextField
        label={t('typeName', { name: word })}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        error={asked && noName && t('needName', { name: word })}
        spellCheck={false}
      />
    </ActionDialog>
  );
}
