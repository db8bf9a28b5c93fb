import { useFieldArray, useWatch } from 'react-hook-form';
import { useLocale, useMessages } from '#i18n/provider.tsx';
import { FieldRow } from '#ui/field/field-group.tsx';
import { LANGUAGES, MARITAL_STATUSES, NAME_USES } from './codes.ts';
import { ContactPersons } from './contact-persons.tsx';
import { DateFields } from './date-fields.tsx';
import { Check, Choice, InUse, Text, useLanguageOptions } from './fields.tsx';
import { messages } from '../messages.ts';
import { NEW_ROW, type PatientForm } from '../model.ts';
import { ReferenceFields } from './reference-fields.tsx';
import { Rows } from './rows.tsx';
import { useOptions } from './use-options.ts';
import styles from '../form.module.css';

/** The less frequent fields of a patient, folded below the main fields. */
export function MoreFields() {
  const t = useMessages(messages);
  return (
    <div className={styles.moreBody}>
      <Names />
      <Status />
      <Languages />
      <ContactPersons />
      <ReferenceFields
        name="generalPractitioner"
        types={['Practitioner', 'PractitionerRole', 'Organization']}
        heading={t('generalPractitioner')}
        add={t('addCareProvider')}
      />
      <ReferenceFields
        name="managingOrganization"
        types={['Organization']}
        heading={t('managingOrganization')}
        add={t('addOrganization')}
        single
      />
    </div>
  );
}

function Names() {
  const t = useMessages(messages);
  const uses = useOptions('nameUse', NAME_USES);
  const rows = useFieldArray<PatientForm, 'name'>({ name: 'name' });
  return (
    <section aria-label={t('otherNames')} className={styles.part}>
      <h3>{t('otherNames')}</h3>
      <FieldRow>
        <Choice path="name.0.use" label={t('firstNameUse')} options={uses} empty={t('none')} />
        <Text path="name.0.suffix" label={t('suffix')} size={8} />
        <InUse row="name.0" />
      </FieldRow>
      <Rows
        rows={rows.fields}
        first={1}
        legend={(n) => t('otherNameN', { n })}
        add={t('addName')}
        onAdd={() => rows.append({ ...NEW_ROW.name, use: 'usual' })}
        onRemove={rows.remove}
      >
        {(at) => (
          <>
            <Choice path={`name.${at}.use`} label={t('use')} options={uses} empty={t('none')} />
            <Text path={`name.${at}.family`} label={t('family')} />
            <Text path={`name.${at}.given`} label={t('given')} />
            <Text path={`name.${at}.prefix`} label={t('prefix')} size={8} />
            <Text path={`name.${at}.suffix`} label={t('suffix')} size={8} />
            <InUse row={`name.${at}`} />
          </>
        )}
      </Rows>
    </section>
  );
}

function Status() {
  const t = useMessages(messages);
  const deceased = useWatch<PatientForm, 'deceased.kind'>({ name: 'deceased.kind' });
  const multiple = useWatch<PatientForm, 'multipleBirth.kind'>({ name: 'multipleBirth.kind' });
  const marital = useOptions('marital', MARITAL_STATUSES);
  return (
    <section aria-label={t('statusPart')} className={styles.part}>
      <h3>{t('statusPart')}</h3>
      <FieldRow>
        <Choice
          path="active"
          label={t('active')}
          options={useOptions('active', ['true', 'false'])}
          empty={t('none')}
        />
        <Choice
          path="maritalStatus"
          label={t('maritalStatus')}
          options={marital}
          empty={t('none')}
        />
        <Choice
          path="multipleBirth.kind"
          label={t('multipleBirth')}
          options={useOptions('multiple', ['no', 'yes', 'order'])}
          empty={t('none')}
        />
        {multiple === 'order' && (
          <Text path="multipleBirth.order" label={t('birthOrder')} inputMode="numeric" size={3} />
        )}
        <Choice
          path="deceased.kind"
          label={t('deceased')}
          options={useOptions('deceased', ['no', 'yes', 'date'])}
          empty={t('none')}
        />
      </FieldRow>
      {deceased === 'date' && <DateFields path="deceased.date" legend={t('deathDate')} />}
    </section>
  );
}

function Languages() {
  const t = useMessages(messages);
  const options = useLanguageOptions(LANGUAGES, useLocale());
  const rows = useFieldArray<PatientForm, 'communication'>({ name: 'communication' });
  return (
    <section aria-label={t('languages')} className={styles.part}>
      <h3>{t('languages')}</h3>
      <FieldRow>
        <Choice
          path="interpreter"
          label={t('interpreter')}
          options={useOptions('interpreter', ['yes', 'no'])}
          empty={t('none')}
        />
      </FieldRow>
      <Rows
        rows={rows.fields}
        legend={(n) => t('languageN', { n })}
        add={t('addLanguage')}
        onAdd={() => rows.append({ ...NEW_ROW.communication, preferred: rows.fields.length === 0 })}
        onRemove={rows.remove}
      >
        {(at) => (
          <>
            <Choice
              path={`communication.${at}.language`}
              label={t('language')}
              options={options}
              empty={t('none')}
            />
            <Check path={`communication.${at}.preferred`} label={t('preferred')} />
          </>
        )}
      </Rows>
    </section>
  );
}
