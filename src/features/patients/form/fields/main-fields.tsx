import { useFieldArray, useFormContext, useWatch } from 'react-hook-form';
import { useMessages } from '#i18n/provider.tsx';
import { FieldRow } from '#ui/field/field-group.tsx';
import { Section } from '#ui/page.tsx';
import {
  GENDERS,
  IDENTIFIER_TYPES,
  IDENTIFIER_USES,
  TELECOM_SYSTEMS,
  TELECOM_USES,
} from './codes.ts';
import { DateFields } from './date-fields.tsx';
import { Choice, FoldedInUse, Text } from './fields.tsx';
import { messages } from '../messages.ts';
import { NEW_ROW, type PatientForm } from '../model.ts';
import { Rows } from './rows.tsx';
import { useOptions } from './use-options.ts';
import styles from '../form.module.css';

/** Fields of the patient's identity: main name, birth date and gender. */
export function WhoFields() {
  const t = useMessages(messages);
  const genders = useOptions('gender', GENDERS);
  const hasText = useWatch<PatientForm>({ name: 'name.0.text', exact: true });
  const { formState } = useFormContext<PatientForm>();
  const cameAsText = Boolean(formState.defaultValues?.name?.[0]?.text ?? hasText);
  return (
    <Section heading={t('who')}>
      <FieldRow>
        <Text path="name.0.family" label={t('family')} wide />
        <Text path="name.0.given" label={t('given')} wide />
        <Text path="name.0.prefix" label={t('prefix')} size={8} />
      </FieldRow>
      {cameAsText && <Text path="name.0.text" label={t('nameText')} hint={t('nameTextHint')} />}
      <div className={styles.pair}>
        <DateFields path="birthDate" legend={t('birthDate')} />
        <Choice path="gender" label={t('gender')} options={genders} empty={t('genderNone')} />
      </div>
    </Section>
  );
}

export function IdentifierFields() {
  const t = useMessages(messages);
  const types = useOptions('idType', IDENTIFIER_TYPES);
  const uses = useOptions('idUse', IDENTIFIER_USES);
  const rows = useFieldArray<PatientForm, 'identifier'>({ name: 'identifier' });
  return (
    <Section heading={t('identifiers')}>
      <Rows
        rows={rows.fields}
        legend={(n) => t('identifierN', { n })}
        add={t('addIdentifier')}
        onAdd={() => rows.append(NEW_ROW.identifier)}
        onRemove={rows.remove}
      >
        {(at) => (
          <>
            <Text path={`identifier.${at}.value`} label={t('identifier')} />
            <Choice
              path={`identifier.${at}.type`}
              label={t('idType')}
              options={types}
              empty={t('none')}
            />
            <Text path={`identifier.${at}.system`} label={t('idSystem')} />
            <Text path={`identifier.${at}.assigner`} label={t('assigner')} />
            <Choice
              path={`identifier.${at}.use`}
              label={t('use')}
              options={uses}
              empty={t('none')}
            />
            <FoldedInUse row={`identifier.${at}`} />
          </>
        )}
      </Rows>
    </Section>
  );
}

export function ContactFields() {
  const t = useMessages(messages);
  const uses = useOptions('telecomUse', TELECOM_USES);
  const systems = useOptions('telecomSystem', TELECOM_SYSTEMS);
  const rows = useFieldArray<PatientForm, 'telecom'>({ name: 'telecom' });
  const telecoms = useWatch<PatientForm, 'telecom'>({ name: 'telecom' });
  const word = (at: number): string => {
    const system = telecoms[at]?.system ?? '';
    const label = systems.find((s) => s.value === system)?.label ?? t('telecomOther');
    const nth = telecoms.slice(0, at + 1).filter((row) => row.system === system).length;
    return nth > 1 ? `${label} ${nth}` : label;
  };
  return (
    <Section heading={t('contact')}>
      <Rows
        rows={rows.fields}
        legend={(n) => t('contactN', { n })}
        add={t('addTelecom')}
        onAdd={() => rows.append(NEW_ROW.telecom)}
        onRemove={rows.remove}
      >
        {(at) => (
          <>
            <Text
              path={`telecom.${at}.value`}
              label={word(at)}
              type={telecoms[at]?.system === 'phone' ? 'tel' : 'text'}
            />
            <Choice
              path={`telecom.${at}.system`}
              label={t('telecomKind')}
              options={systems}
              empty={t('none')}
            />
            <Choice path={`telecom.${at}.use`} label={t('use')} options={uses} empty={t('none')} />
            <Text path={`telecom.${at}.rank`} label={t('rank')} inputMode="numeric" size={4} />
            <FoldedInUse row={`telecom.${at}`} />
          </>
        )}
      </Rows>
    </Section>
  );
}
