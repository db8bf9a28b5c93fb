import { gender } from '#fhir/patient/patient.ts';
import { contacts } from '#fhir/patient/patient-details.ts';
import { registeredGender } from '#fhir/patient/qualifiers.ts';
import { formatPeriod } from '#fhir/values/values.ts';
import { isolate } from '#i18n/isolate.ts';
import { record, records } from '#lib/narrow.ts';
import { contactRoles } from '#ui/contact-role/contact-role.ts';
import { outOfUse } from './out-of-use.ts';
import type { T } from '../panel.ts';
import { genderText } from '../qualifiers/gender-text.ts';

/** Texts about a contact person. */
export interface Person {
  /** Name, else organization, else relationship. */
  readonly who: string | undefined;
  /** Everything else that is recorded and in use. */
  readonly said: string;
  readonly state: ReturnType<typeof outOfUse>;
}

/** Returns the patient's contact persons, such as next of kin, guardians and employers. */
export function persons(patient: unknown, t: T): readonly Person[] {
  const recorded = records(record(patient)['contact']);
  return contacts(patient).map((contact, index): Person => {
    const source = recorded[index] ?? {};
    const relationship = contactRoles(contact.relationship).join(', ');
    const sex = gender(source);
    const who = contact.name ?? contact.organization ?? relationship;
    const said = [
      relationship,
      contact.organization,
      sex !== 'unknown' &&
        genderText({ gender: sex, registeredGender: registeredGender(source) }, t),
      ...contact.telecoms.map(({ old, value }) => !old && value && isolate(value)),
      ...contact.addresses.map(({ old, lines }) => !old && isolate(lines.join(', '))),
      formatPeriod(source['period']),
    ];
    return {
      who,
      said: said.filter((part) => part && part !== who).join(', '),
      state: outOfUse(source),
    };
  });
}
