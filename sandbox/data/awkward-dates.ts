import { addDays, addYears } from './calendar.ts';
import type { Shape } from './shape.ts';

/** Patients with awkward dates of birth and death: partial, absent, impossible, early or late. */
export const awkwardDates = (now: string): Record<string, Shape> => ({
  'partial-year': {
    name: [{ use: 'official', family: 'Yearly', given: ['Anno'] }],
    gender: 'male',
    birthDate: '1960',
  },
  'partial-month': {
    name: [{ use: 'official', family: 'Monthly', given: ['Dezembra'] }],
    gender: 'female',
    birthDate: '1960-12',
  },
  'unknown-birth-date': {
    name: [{ use: 'official', family: 'Absent', given: ['Data'] }],
    _birthDate: {
      extension: [
        {
          url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason',
          valueCode: 'asked-unknown',
        },
      ],
    },
  },
  newborn: {
    name: [{ use: 'temp', family: 'Marsh', given: ['Baby Girl'] }],
    gender: 'female',
    birthDate: addDays(now, -1),
    _birthDate: {
      extension: [
        {
          url: 'http://hl7.org/fhir/StructureDefinition/patient-birthTime',
          valueDateTime: `${addDays(now, -1)}T22:40:00Z`,
        },
      ],
    },
    multipleBirthInteger: 2,
  },
  toddler: {
    name: [{ use: 'official', family: 'Little', given: ['Pip'] }],
    gender: 'male',
    birthDate: addYears(now, -2),
  },
  'leap-day': {
    name: [{ use: 'official', family: 'Leap', given: ['Febe'] }],
    gender: 'female',
    birthDate: '2000-02-29',
  },
  aged: {
    name: [{ use: 'official', family: 'Elder', given: ['Methusa'], prefix: ['Mrs'] }],
    gender: 'female',
    birthDate: addDays(addYears(now, -104), -40),
  },
  'future-birth-date': {
    name: [{ use: 'official', family: 'Tomorrow', given: ['Morgen'] }],
    gender: 'unknown',
    birthDate: addYears(now, 3),
  },
  'deceased-date': {
    name: [{ use: 'official', family: 'Gone', given: ['Edgar'] }],
    gender: 'male',
    birthDate: '1931-04-02',
    deceasedDateTime: '2019-11-23T04:15:00+01:00',
  },
  'deceased-boolean': {
    name: [{ use: 'official', family: 'Departed', given: ['Edith'] }],
    gender: 'female',
    birthDate: '1928-12-25',
    deceasedBoolean: true,
  },
  'deceased-false': {
    name: [{ use: 'official', family: 'Alive', given: ['Viv'] }],
    gender: 'female',
    birthDate: '1955-03-03',
    deceasedBoolean: false,
  },
  'deceased-year': {
    name: [{ use: 'official', family: 'Passed', given: ['Otto'] }],
    gender: 'male',
    birthDate: '1920-07',
    deceasedDateTime: '2004',
  },
});
