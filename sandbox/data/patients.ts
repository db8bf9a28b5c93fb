import type { Address, ContactPoint, HumanName, Identifier, Patient } from 'fhir/r4';
import { addDays, addYears, ageOn, instant } from './calendar.ts';
import { coding, concept, systems } from './codes.ts';
import type { Culture } from './culture.ts';
import { cultures, cultureWeights } from './cultures.ts';
import {
  organizationReference,
  organizations,
  practitionerReference,
  practitioners,
} from './places.ts';
import { createRandom, seedFor, type Random } from './random.ts';

const weighted = cultures.flatMap((culture) =>
  Array.from({ length: cultureWeights[culture.language] ?? 1 }, () => culture),
);

export const mrnSystem = 'https://riverside.example/mrn';
export const healthNumberSystem = 'https://health-number.example/id';
export const socialSecuritySystem = 'http://hl7.org/fhir/sid/us-ssn';

/** Returns a patient's medical record number; not random, because tests search for it. */
export const mrnOf = (index: number): string => `RGH${String(index).padStart(6, '0')}`;

/**
 * Returns an ordinary patient. The same seed and index always give the same person.
 *
 * @param index from 1; the id is `p` and the number in four digits
 * @param now FHIR date treated as today
 */
export function ordinaryPatient(seed: number, index: number, now: string): Patient {
  const id = `p${String(index).padStart(4, '0')}`;
  const r = createRandom(seedFor(seed, id));
  const culture = r.pick(weighted);
  const female = r.chance(0.51);
  const birthDate = addDays(now, -r.int(0, r.chance(0.15) ? 6_000 : 33_000));
  const age = ageOn(birthDate, now);
  const registered = laterOf(birthDate, addDays(now, -r.int(1, 5_000)));
  const deceased = age > 60 && r.chance(0.06);
  const managing = r.pick(organizations);
  const patient: Patient = {
    resourceType: 'Patient',
    id,
    meta: { versionId: '1', lastUpdated: instant(registered, r.int(7, 18), r.int(0, 59)) },
    identifier: identifiers(r, index, culture, organizationReference(managing)),
    active: true,
    name: names(r, culture, female, age, now),
    telecom: telecoms(r, culture, index),
    gender: r.chance(0.01) ? r.pick(['other', 'unknown'] as const) : female ? 'female' : 'male',
    birthDate,
    address: [address(r, culture)],
    communication: [
      {
        language: { coding: [coding('urn:ietf:bcp:47', culture.language, culture.languageName)] },
        preferred: true,
      },
    ],
    generalPractitioner: [practitionerReference(r.pick(practitioners.slice(0, 5)))],
    managingOrganization: organizationReference(managing),
  };
  if (deceased) patient.deceasedDateTime = addDays(now, -r.int(5, 1_500));
  if (age >= 18) {
    const [code, display] = r.pick([
      ['M', 'Married'],
      ['S', 'Never Married'],
      ['D', 'Divorced'],
      ['W', 'Widowed'],
    ] as const);
    patient.maritalStatus = concept(systems.maritalStatus, ...plausibleStatus(age, code, display));
  }
  if (r.chance(0.7)) patient.contact = [contact(r, culture, age)];
  return patient;
}

/**
 * Replaces a marital status that is implausible for the age. It changes the status after the draw,
 * so that every patient draws the same number of random values.
 */
function plausibleStatus(age: number, code: string, display: string): [string, string] {
  if (age < 24) return ['S', 'Never Married'];
  return code === 'W' && age < 45 ? ['M', 'Married'] : [code, display];
}

const laterOf = (a: string, b: string): string => (a > b ? a : b);

function identifiers(
  r: Random,
  index: number,
  culture: Culture,
  assigner: Identifier['assigner'],
): Identifier[] {
  const list: Identifier[] = [
    {
      use: 'usual',
      type: concept(systems.identifierType, 'MR', 'Medical record number'),
      system: mrnSystem,
      value: mrnOf(index),
      ...(assigner ? { assigner } : {}),
    },
  ];
  if (culture.country === 'US') {
    // No social security number was ever issued with an area number from 900 on.
    list.push({
      use: 'official',
      type: concept(systems.identifierType, 'SS', 'Social Security number'),
      system: socialSecuritySystem,
      value: `9${r.digits(2)}-${r.digits(2)}-${r.digits(4)}`,
    });
  } else if (r.chance(0.8)) {
    // Numbers that start with 999 are reserved for tests.
    list.push({
      use: 'official',
      type: concept(systems.identifierType, 'NH', 'National health number'),
      system: healthNumberSystem,
      value: `999${String(index).padStart(6, '0')}${r.digits(1)}`,
    });
  }
  if (r.chance(0.08)) {
    list.push({
      use: 'old',
      type: concept(systems.identifierType, 'MR', 'Medical record number'),
      system: 'https://old-infirmary.example/mrn',
      value: `OI-${r.digits(5)}`,
      period: { end: '2015-03-31' },
    });
  }
  return list;
}

function names(r: Random, c: Culture, female: boolean, age: number, now: string): HumanName[] {
  const family = r.pick(c.families);
  const given = r.sample(female ? c.women : c.men, r.chance(0.35) ? 2 : 1);
  const official: HumanName = { use: 'official', family, given };
  if (age >= 18 && c.language.startsWith('en')) {
    const prefix = female ? r.pick(['Mrs', 'Ms', 'Miss', 'Dr']) : r.pick(['Mr', 'Dr']);
    official.prefix = [prefix === 'Dr' && age < 26 ? (female ? 'Ms' : 'Mr') : prefix];
  }
  const list = [official];
  const first = given[0];
  const latin = [c.latin?.[family], c.latin?.[first ?? '']];
  if (latin[0] && latin[1]) list.push({ use: 'usual', family: latin[0], given: [latin[1]] });
  else if (first && r.chance(0.08)) list.push({ use: 'usual', family, given: [given[1] ?? first] });
  if (first && first.length > 4 && c.language.startsWith('en') && r.chance(0.1)) {
    list.push({ use: 'nickname', given: [`${first.slice(0, 3)}ie`] });
  }
  if (female && age > 25 && r.chance(0.2)) {
    const married = addYears(now, -r.int(1, age - 20));
    official.period = { start: married };
    list.push({ use: 'maiden', family: r.pick(c.families), given, period: { end: married } });
  } else if (r.chance(0.04)) {
    list.push({
      use: 'old',
      family: r.pick(c.families),
      given,
      period: { end: addDays(now, -r.int(90, 4_000)) },
    });
  }
  return list;
}

const fill = (r: Random, pattern: string): string => pattern.replaceAll('#', () => r.digits(1));

function telecoms(r: Random, culture: Culture, index: number): ContactPoint[] {
  const list: ContactPoint[] = [];
  if (r.chance(0.85))
    list.push({ system: 'phone', value: fill(r, culture.phone), use: 'mobile', rank: 1 });
  if (r.chance(0.4))
    list.push({ system: 'phone', value: fill(r, culture.phone), use: 'home', rank: 2 });
  if (r.chance(0.6))
    list.push({ system: 'email', value: `patient${index}@mail.example`, use: 'home' });
  if (r.chance(0.1)) {
    list.push({
      system: 'phone',
      value: fill(r, culture.phone),
      use: 'old',
      period: { end: '2019-06-30' },
    });
  }
  return list;
}

function address(r: Random, culture: Culture): Address {
  const [city, state, postalCode] = r.pick(culture.places);
  return {
    use: 'home',
    type: 'both',
    line: [
      `${r.int(1, 180)} ${r.pick(culture.streets)}`,
      ...(r.chance(0.2) ? [`Flat ${r.int(1, 30)}`] : []),
    ],
    city,
    state,
    postalCode,
    country: culture.country,
  };
}

function contact(
  r: Random,
  culture: Culture,
  age: number,
): NonNullable<Patient['contact']>[number] {
  const female = r.chance(0.5);
  return {
    relationship: [
      age < 18
        ? concept(
            'http://terminology.hl7.org/CodeSystem/v3-RoleCode',
            female ? 'MTH' : 'FTH',
            female ? 'Mother' : 'Father',
          )
        : concept(systems.contactRelationship, r.pick(['C', 'N']), 'Emergency contact'),
    ],
    name: {
      family: r.pick(culture.families),
      given: [r.pick(female ? culture.women : culture.men)],
    },
    telecom: [{ system: 'phone', value: fill(r, culture.phone), use: 'mobile' }],
    gender: female ? 'female' : 'male',
  };
}
