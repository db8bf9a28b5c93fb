import { useFieldArray } from 'react-hook-form';
import { useMessages } from '#i18n/provider.tsx';
import { Section } from '#ui/page.tsx';
import { ADDRESS_USES } from './codes.ts';
import { Area, Choice, FoldedInUse, Text, useAtFirst } from './fields.tsx';
import { messages } from '../messages.ts';
import { NEW_ROW, type PatientForm } from '../model.ts';
import { Rows } from './rows.tsx';
import { useOptions } from './use-options.ts';

/** The fields of one address, of the patient or of a contact person. */
export function AddressParts({ row }: { row: `address.${number}` | `contact.${number}` }) {
  const t = useMessages(messages);
  const cameAsText = useAtFirst((valueAt) => Boolean(valueAt(`${row}.addressText`)));
  return (
    <>
      <Area path={`${row}.line`} label={t('line')} rows={2} wide />
      <Text path={`${row}.city`} label={t('city')} />
      <Text path={`${row}.district`} label={t('district')} />
      <Text path={`${row}.state`} label={t('state')} />
      <Text path={`${row}.postalCode`} label={t('postalCode')} size={10} />
      <Text path={`${row}.country`} label={t('country')} />
      {cameAsText && (
        <Text path={`${row}.addressText`} label={t('addressText')} hint={t('nameTextHint')} wide />
      )}
    </>
  );
}

export function AddressFields() {
  const t = useMessages(messages);
  const uses = useOptions('addressUse', ADDRESS_USES);
  const rows = useFieldArray<PatientForm, 'address'>({ name: 'address' });
  return (
    <Section heading={t('address')}>
      <Rows
        rows={rows.fields}
        legend={(n) => t('addressN', { n })}
        add={t('addAddress')}
        onAdd={() => rows.append(NEW_ROW.address)}
        onRemove={rows.remove}
      >
        {(at) => (
          <>
            <AddressParts row={`address.${at}`} />
            <Choice path={`address.${at}.use`} label={t('use')} options={uses} empty={t('none')} />
            <FoldedInUse row={`address.${at}`} />
          </>
        )}
      </Rows>
    </Section>
  );
}
