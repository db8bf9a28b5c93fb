import type { Patient } from 'fhir/r4';
import { useState } from 'react';
import { displayName } from '#fhir/patient/names.ts';
import { useMessages } from '#i18n/provider.tsx';
import { changePatient } from './change-patient.ts';
import { ActionDialog } from './action-dialog.tsx';
import { messages } from './messages.ts';
import type { ActionProps } from './actions.ts';
import { useRecordAction } from './use-record-action.ts';

const isInactive = ({ active }: Patient): boolean => active === false;

/**
 * Marks a record as inactive, or as active again. The choice is fixed when the dialog opens, even
 * if another user changes the record meanwhile.
 */
export function ActiveDialog(props: ActionProps) {
  const t = useMessages(messages);
  const action = useRecordAction(props);
  const [what] = useState(() =>
    isInactive(props.opened.resource) ? ('active' as const) : ('inactive' as const),
  );
  const name = displayName(action.opened.resource).text ?? t('nameNotKnown');

  const confirm = (): void =>
    action.save({
      make: (patient) =>
        changePatient(patient, (form) => void (form.active = what === 'active' ? 'true' : 'false')),
      isDone: (patient) => isInactive(patient) === (what === 'inactive'),
      said: t(`${what}Done`, { name }),
    });

  return (
    <ActionDialog
      action={action}
      title={t(`${what}Title`, { name })}
      confirm={t(what)}
      onConfirm={confirm}
    >
      <p>{t(`${what}Text`)}</p>
    </ActionDialog>
  );
}
