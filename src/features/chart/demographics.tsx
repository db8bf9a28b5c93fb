import type { Patient } from 'fhir/r4';
import { conceptText } from '#fhir/coding.ts';
import { formatDateTime } from '#fhir/dates.ts';
import { referenceText } from '#fhir/reference.ts';
import { list, record, records, text } from '#lib/narrow.ts';
import { useMessages } from '#i18n/provider.tsx';
import { DescriptionList, Item } from '#ui/description-list.tsx';
import { Section } from '#ui/page.tsx';
import { Value } from './cells.tsx';
import {
  AddressList,
  IdentifierList,
  LinkList,
  NameList,
  PersonList,
  TelecomList,
} from './demographic-lists.tsx';
import { genderFacts, interpreterNeeded } from './gender-facts.ts';
import { messages } from './messages.ts';
import styles from './summary.module.css';

/** Everything that a Patient says, in words. */
export function Demographics({ patient }: { patient: Patient }) {
  const t = useMessages(messages);
  return (
    <div className={styles.demographics}>
      <Section heading={t('demographics')}>
        <Person patient={patient} />
      </Section>
      <Section heading={t('namesAndNumbers')}>
        <DescriptionList>
          <Item label={t('names')}>
            <NameList patient={patient} />
          </Item>
          <Item label={t('identifiers')}>
            <IdentifierList patient={patient} />
          </Item>
        </DescriptionList>
      </Section>
      <Section heading={t('contactDetails')}>
        <DescriptionList>
          <Item label={t('telecom')}>
            <TelecomList holder={patient} />
          </Item>
          <Item label={t('addresses')}>
            <AddressList holder={patient} />
          </Item>
          {records(patient.contact).length > 0 && (
            <Item label={t('contactPersons')}>
              <PersonList patient={patient} />
            </Item>
          )}
          <Item label={t('generalPractitioner')}>
            <Value>
              {list(patient.generalPractitioner).map(referenceText).filter(Boolean).join(', ')}
            </Value>
          </Item>
          <Item label={t('managingOrganization')}>
            <Value>{referenceText(patient.managingOrganization)}</Value>
          </Item>
        </DescriptionList>
      </Section>
    </div>
  );
}

function Person({ patient }: { patient: Patient }) {
  const t = useMessages(messages);
  const needed = interpreterNeeded(patient);
  const languages = records(patient.communication).map((c) => {
    const language = conceptText(c['language']) ?? t('notRecorded');
    return c['preferred'] === true ? t('preferredLanguage', { language }) : language;
  });
  const born = patient.multipleBirthInteger;
  return (
    <DescriptionList>
      <Item label={t('gender')} title={t('genderTip')}>
        {patient.gender ? t(`gender.${patient.gender}`) : t('notKnown')}
      </Item>
      {genderFacts(patient).map((fact) => (
        <Item key={fact.label} label={t(fact.label)}>
          {fact.value}
        </Item>
      ))}
      <Item label={t('maritalStatus')}>
        <Value>{conceptText(patient.maritalStatus)}</Value>
      </Item>
      <Item label={t('languages')}>
        <Value>{languages.join(', ')}</Value>
      </Item>
      {needed !== undefined && (
        <Item label={t('interpreter')}>{t(needed ? 'interpreterNeeded' : 'no')}</Item>
      )}
      {(born !== undefined || patient.multipleBirthBoolean !== undefined) && (
        <Item label={t('multipleBirth')}>
          {born === undefined
            ? t(patient.multipleBirthBoolean ? 'yes' : 'no')
            : t('bornAs', { n: born })}
        </Item>
      )}
      <Item label={t('recordStatus')}>
        {patient.active === undefined
          ? t('notRecorded')
          : t(patient.active ? 'recordActive' : 'recordInactive')}
      </Item>
      {records(patient.link).length > 0 && (
        <Item label={t('links')}>
          <LinkList patient={patient} />
        </Item>
      )}
      <Item label={t('lastUpdated')}>
        {formatDateTime(text(record(patient.meta)['lastUpdated']))}
      </Item>
    </DescriptionList>
  );
}
