import type { Medication, MedicationRequest } from 'fhir/r4';
import { expect, test } from 'vitest';
import { drugDetails, drugDoubts, drugName, unnamedDrug } from './drug.ts';
import type { T } from './messages.ts';

const t: T = (id, values) => [id, ...Object.values(values ?? {})].join(' ');
const order = (rest: Partial<MedicationRequest>): MedicationRequest => ({
  resourceType: 'MedicationRequest',
  status: 'active',
  intent: 'order',
  subject: { reference: 'Patient/a' },
  ...rest,
});
/** An order whose drug came along with it, and one that contains it. */
const both = (drug: Omit<Medication, 'resourceType'>, display?: string) => {
  const medication: Medication = { resourceType: 'Medication', id: 'm', ...drug };
  const named = (reference: string) => ({
    medicationReference: { reference, ...(display && { display }) },
  });
  return [
    [order(named('Medication/m')), () => medication],
    [order({ ...named('#m'), contained: [medication] }), () => undefined],
  ] as const;
};
const mg = (value: number) => ({ numerator: { value, unit: 'mg' } });

test('how much is in one: a dose in capsules tells nobody', () => {
  const strength = { ...mg(500), denominator: { value: 1, unit: 'capsule' } };
  const code = { text: 'Amoxicillin' };
  const ingredient = [{ itemCodeableConcept: { text: 'Amoxicillin' }, strength }];
  for (const [of, find] of both({ code, ingredient, form: { text: 'Capsule' } })) {
    expect(drugName(of, find)).toBe('Amoxicillin');
    expect(drugDetails(of, find, t)).toEqual(['per 500 mg capsule', 'Capsule']);
  }
});

test('of several, of which ingredient; what has no effect is left out', () => {
  const ingredient = [
    { itemCodeableConcept: { text: 'Amoxicillin' }, strength: mg(875) },
    { itemReference: { display: 'Clavulanic acid' }, strength: mg(125) },
    { itemCodeableConcept: { text: 'Starch' }, isActive: false },
  ];
  for (const [of, find] of both({ code: { text: 'Augmentin' }, ingredient }))
    expect(drugDetails(of, find, t)).toEqual(['Amoxicillin 875 mg', 'Clavulanic acid 125 mg']);
});

test('a drug without a name is named by what is in it', () => {
  const ingredient = [
    { itemCodeableConcept: { text: 'Glucose' } },
    { itemReference: { reference: 'Substance/1', display: 'Potassium chloride' } },
  ];
  for (const [of, find] of both({ ingredient })) {
    expect(drugName(of, find)).toBe('Glucose + Potassium chloride');
    expect(drugDetails(of, find, t)).toEqual([]);
  }
});

test('the words of the order come first, those of the drug are not lost', () => {
  for (const [of, find] of both({ code: { text: 'Amoxicillin 250 mg' } }, 'Amoxicillin')) {
    expect(drugName(of, find)).toBe('Amoxicillin');
    expect(drugDetails(of, find, t)).toEqual(['Amoxicillin 250 mg']);
  }
});

test('what is wrong with the record of the drug itself is told, once', () => {
  const modifierExtension = [{ url: 'https://example.org/not', valueBoolean: true }];
  const [[sent, find], [containing, none]] = both({
    status: 'entered-in-error',
    modifierExtension,
  });
  expect(drugDoubts(sent, find)).toEqual({ withdrawn: true, caveats: ['modified'] });
  // Of what is contained, the order says it itself.
  expect(drugDoubts(containing, none)).toEqual({ withdrawn: true, caveats: [] });
  for (const [of, along] of both({ code: { text: 'Warfarin' }, status: 'active' }))
    expect(drugDoubts(of, along)).toEqual({ withdrawn: false, caveats: [] });
  expect(drugDoubts(order({}), none)).toEqual({ withdrawn: false, caveats: [] });
});

test('why the name of a drug is not there is none', () => {
  const system = 'http://terminology.hl7.org/CodeSystem/data-absent-reason';
  const code = { coding: [{ system, code: 'masked', display: 'Masked' }] };
  for (const [of, find] of both({ code })) {
    expect(drugName(of, find)).toBeUndefined();
    expect(unnamedDrug(of, find)).toBeUndefined();
    expect(drugDetails(of, find, t)).toEqual([]);
  }
  for (const [of, find] of both({ code }, 'Amoxicillin')) {
    expect(drugName(of, find)).toBe('Amoxicillin');
    expect(drugDetails(of, find, t)).toEqual([]);
  }
});

test('nothing but a reference, and broken data', () => {
  const none = () => undefined;
  const of = order({ medicationReference: { reference: 'Medication/unsent' } });
  // Where it is kept is no name.
  expect(drugName(of, none)).toBeUndefined();
  expect(unnamedDrug(of, none)).toBe('Medication/unsent');
  const known = order({ medicationReference: { identifier: { value: 'PZN-06313728' } } });
  expect(drugName(known, none)).toBe('PZN-06313728');
  const broken: object = { medicationReference: '#m', contained: 'x' };
  expect(drugName(order(broken), none)).toBeUndefined();
  expect(drugDetails(order(broken), none, t)).toEqual([]);
});
