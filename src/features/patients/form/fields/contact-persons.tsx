import { useFieldArray, useFormContext, useWatch } from 'react-hook-form';
import { useMessages } from '#i18n/provider.tsx';
import { messages as roleMessages } from '#ui/contact-role/messages.ts';
import { AddressParts } from './address-fields.tsx';
import { CONTACT_ROLES, GENDERS } from './codes.ts';
import { Choice, Fold, InUse, Text, useAtFirst } from './fields.tsx';
import { messages } from '../messages.ts';
import { ADDRESS_CELLS, NEW_ROW, type PatientForm } from '../model.ts';
import { Chosen } from './reference-fields.tsx';
import { ReferenceFinder } from './reference-finder.tsx';
import { Rows } from './rows.tsx';
import { useOptions } from './use-options.ts';
import styles from '../form.module.css';

/** Fields of `Patient.contact`: each contact is a person or an organization. */
export function ContactPersons() {
  const t = useMessages(messages);
  const inRole = useMessages(roleMessages);
  const roles = CONTACT_ROLES.map((value) => ({ value, label: inRole(`role.${value}`) }));
  const rows = useFieldArray<PatientForm, 'contact'>({ name: 'contact' });
  return (
    <section aria-label={t('contactPersons')} className={styles.part}>
      <h3>{t('contactPersons')}</h3>
      <Rows
        rows={rows.fields}
        legend={(n) => t('contactPersonN', { n })}
        add={t('addContactPerson')}
        onAdd={() => rows.append(NEW_ROW.contact)}
        onRemove={rows.remove}
      >
        {(at) => (
          <>
            <Text path={`contact.${at}.family`} label={t('family')} />
            <Text path={`contact.${at}.given`} label={t('given')} />
            <NameText at={at} />
            <Choice
              path={`contact.${at}.relationship`}
              label={t('relationship')}
              options={roles}
              empty={t('none')}
            />
            <Text path={`contact.${at}.phone`} label={t('phoneNumber')} type="tel" />
            <Text path={`contact.${at}.email`} label={t('telecomSystem.email')} />
            <More at={at} />
          </>
        )}
      </Rows>
    </section>
  );
}

function NameText({ at }: { at: number }) {
  const t = useMessages(messages);
  const path = `contact.${at}.text` as const;
  const cameAsText = useAtFirst((valueAt) => Boolean(valueAt(path)));
  return cameAsText && <Text path={path} label={t('nameText')} hint={t('nameTextHint')} />;
}

const MORE = [...ADDRESS_CELLS, 'organization', 'organizationName', 'start', 'end'] as const;

function More({ at }: { at: number }) {
  const t = useMessages(messages);
  const genders = useOptions('gender', GENDERS);
  const open = useAtFirst((valueAt) => MORE.some((cell) => valueAt(`contact.${at}.${cell}`)));
  return (
    <Fold summary={t('contactMore')} open={open}>
      <AddressParts row={`contact.${at}`} />
      <Choice
        path={`contact.${at}.gender`}
        label={t('gender')}
        options={genders}
        empty={t('genderNone')}
      />
      <InUse row={`contact.${at}`} />
      <Organization at={at} />
    </Fold>
  );
}

function Organization({ at }: { at: number }) {
  const t = useMessages(messages);
  const { setValue } = useFormContext<PatientForm>();
  const [reference, name] = useWatch<
    PatientForm,
    [`contact.${number}.organization`, `contact.${number}.organizationName`]
  >({ name: [`contact.${at}.organization`, `contact.${at}.organizationName`] });
  const choose = (chosen: string, display: string): void => {
    setValue(`contact.${at}.organization`, chosen, { shouldDirty: true });
    setValue(`contact.${at}.organizationName`, display, { shouldDirty: true });
  };
  const shown = name || reference;
  return (
    <div role="group" aria-label={t('contactOrganization')} className={styles.whole}>
      <h4>{t('contactOrganization')}</h4>
      <div className={shown ? undefined : styles.hint}>
        {shown ? (
          <Chosen
            path={`contact.${at}.organization`}
            shown={shown}
            onRemove={() => choose('', '')}
          />
        ) : (
          t('none')
        )}
      </div>
      <ReferenceFinder types={['Organization']} label={t('addOrganization')} onChoose={choose} />
    </div>
  );
}
