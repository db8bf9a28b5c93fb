import type { Patient } from 'fhir/r4';
import { formatDateTime } from '#fhir/dates/dates.ts';
import { gender } from '#fhir/patient/patient.ts';
import {
  careProviders,
  genderRows,
  interpreterRequired,
  languages,
  maritalStatus,
  multipleBirth,
} from '#fhir/patient/patient-details.ts';
import { registeredGender } from '#fhir/patient/qualifiers.ts';
import { listText } from '#i18n/list.ts';
import { record, records, text } from '#lib/narrow.ts';
import { useMessages } from '#i18n/provider.tsx';
import { DescriptionList, Item } from '#ui/description-list.tsx';
import { Section } from '#ui/page.tsx';
import { RawJson } from '#ui/raw-json.tsx';
import { BackgroundItems } from '../background/background-items.tsx';
import { messages as backgroundMessages } from '../background/messages.ts';
import { Value } from '../cells/cells.tsx';
import {
  AddressList,
  IdentifierList,
  LinkList,
  NameList,
  PersonList,
  TelecomList,
} from './demographic-lists.tsx';
import { messages } from '../messages.ts';
import { genderText } from '../qualifiers/gender-text.ts';
import { RestrictedFlag } from './restricted-flag.tsx';
import styles from '../summary/summary.module.css';

/** Shows everything that a Patient resource records, in words and as JSON. */
export function Demographics({ patient }: { patient: Patient }) {
  const t = useMessages(messages);
  const care = careProviders(patient);
  return (
    <>
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
              <Value>{listText(care.practitioners)}</Value>
            </Item>
            <Item label={t('managingOrganization')}>
              <Value>{care.organization}</Value>
            </Item>
          </DescriptionList>
        </Section>
      </div>
      <RawJson value={patient} />
    </>
  );
}

function Person({ patient }: { patient: Patient }) {
  const t = useMessages(messages);
  const inBackground = useMessages(backgroundMessages);
  const needed = interpreterRequired(patient);
  const spoken = languages(patient).map(({ language, preferred }) =>
    preferred ? t('preferredLanguage', { language }) : language,
  );
  const born = multipleBirth(patient);
  return (
    <DescriptionList>
      <Item label={t('gender')} title={t('genderTip')}>
        {/* A gender that is no R4 code is shown as it was sent, because that is what is recorded. */}
        {genderText({ gender: gender(patient), registeredGender: registeredGender(patient) }, t) ??
          text(patient.gender) ??
          t('notKnown')}
      </Item>
      {genderRows(patient).map(({ kind, value, about, code: known, source }) => (
        <Item key={`${kind} ${value} ${about}`} label={t(`genderRow.${kind}`)}>
          <bdi>
            {known === 'ASKU' || known === 'declined'
              ? inBackground(`said.${known}`)
              : known
                ? t(`gender.${known}`)
                : value}
          </bdi>{' '}
          {about && <bdi>({about})</bdi>} <RestrictedFlag of={source} />
        </Item>
      ))}
      <BackgroundItems patient={patient} />
      <Item label={t('maritalStatus')}>
        <Value>{maritalStatus(patient)}</Value>
      </Item>
      <Item label={t('languages')}>
        <Value>{listText(spoken)}</Value>
      </Item>
      {needed !== undefined && (
        <Item label={t('interpreter')}>{t(needed ? 'interpreterNeeded' : 'no')}</Item>
      )}
      {born !== undefined && (
        <Item label={t('multipleBirth')}>
          {typeof born === 'number' ? t('bornAs', { n: born }) : t(born ? 'yes' : 'no')}
        </Item>
      )}
      <Item label={t('recordStatus')}>
        <Value>
          {patient.active === undefined
            ? undefined
            : t(patient.active ? 'recordActive' : 'recordInactive')}
        </Value>
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
