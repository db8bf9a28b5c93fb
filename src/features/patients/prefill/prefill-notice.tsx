import { useFormContext } from 'react-hook-form';
import { listText } from '#i18n/list.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import { messages as formMessages } from '../form/messages.ts';
import type { PatientForm } from '../form/model.ts';
import { messages } from './messages.ts';
import type { Prefill } from './prefill.ts';

interface Props {
  prefill: Prefill;
  /** Called to empty the form. */
  onEmpty: () => void;
}

/** Names the fields that were prefilled from the search, so that the user checks them. */
export function PrefillNotice({ prefill, onEmpty }: Props) {
  const t = useMessages(messages);
  const f = useMessages(formMessages);
  const { getValues, setValue } = useFormContext<PatientForm>();
  const fields = [
    prefill.family && f('family'),
    prefill.given && f('given'),
    prefill.birthDate && f('birthDate'),
    prefill.gender && f('gender'),
    prefill.identifiers.length > 0 && f('identifier'),
    prefill.phone && f('telecomSystem.phone'),
    prefill.email && f('telecomSystem.email'),
  ].filter((field) => typeof field === 'string');
  const swap = (): void => {
    const [family, given] = getValues(['name.0.family', 'name.0.given']);
    setValue('name.0.family', given, { shouldDirty: true });
    setValue('name.0.given', family, { shouldDirty: true });
  };
  return (
    <Notice
      role="status"
      title={t('fromSearch', { fields: listText(fields) })}
      actions={
        <>
          {prefill.guessed && <Button onClick={swap}>{t('swapNames')}</Button>}
          <Button onClick={onEmpty}>{t('emptyForm')}</Button>
        </>
      }
    >
      <p>{t(prefill.guessed ? 'checkNames' : 'notSaved')}</p>
    </Notice>
  );
}

/** Shown with a restored draft, which a prefill never overwrites. */
export function PrefillWaits() {
  const t = useMessages(messages);
  return <Notice title={t('waits')} />;
}
