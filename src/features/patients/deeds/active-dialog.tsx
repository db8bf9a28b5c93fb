import type { Patient } from 'fhir/r4';
import { useState } from 'react';
import { displayName } from '#fhir/names.ts';
import { useMessages } from '#i18n/provider.tsx';
import { changePatient } from './change-patient.ts';
import { DeedDialog } from './deed-dialog.tsx';
import { messages } from './messages.ts';
import type { DeedProps } from './deeds.ts';
import { useDeed } from './use-deed.ts';

const isInactive = ({ active }: Patient): boolean => active === false;

/** Marks a record as not in use, or as in use again: what was chosen, whatever came in between. */
export function ActiveDialog(props: DeedProps) {
  const t = useMessages(messages);
  const deed = useDeed(props);
  const [what] = useState(() =>
    isInactive(props.opened.resource) ? ('active' as const) : ('inactive' as const),
  );
  const name = displayName(deed.opened.resource).text ?? t('nameNotKnown');

  const confirm = (): void =>
    deed.save({
      make: (patient) =>
        changePatient(patient, (form) => void (form.active = what === 'active' ? 'true' : 'false')),
      isDone: (patient) => isInactive(patient) === (what === 'inactive'),
      said: t(`${what}Done`, { name }),
    });

  return (
    <DeedDialog
      deed={deed}
      title={t(`${what}Title`, { name })}
      confirm={t(what)}
      onConfirm={confirm}
    >
      <p>{t(`${what}Text`)}</p>
    </DeedDialog>
  );
}
