import { displayName } from '#fhir/names.ts';
import { useMessages } from '#i18n/provider.tsx';
import { useAnnounce } from '#ui/announcer.tsx';
import { changePatient } from './change-patient.ts';
import { DeedDialog } from './deed-dialog.tsx';
import { messages } from './messages.ts';
import type { DeedProps } from './deeds.ts';
import { useDeed } from './use-deed.ts';

/** Marks a record as not in use, or as in use again. */
export function ActiveDialog(props: DeedProps) {
  const t = useMessages(messages);
  const announce = useAnnounce();
  const deed = useDeed(props);
  const what = deed.opened.resource.active === false ? 'active' : 'inactive';
  const name = displayName(deed.opened.resource).text ?? t('nameNotKnown');

  const confirm = (): void =>
    deed.save(
      (patient) =>
        changePatient(patient, (form) => void (form.active = what === 'active' ? 'true' : 'false')),
      () => {
        announce(t(`${what}Done`, { name }));
        props.onClose();
      },
    );

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
