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
/** Returns an order whose Medication was included, and one that contains its Medication. */
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

test('drug details give the strength of one capsule, which a dose in capsules does not tell', () => {
  const strength = { ...mg(500), denominator: { value: 1, unit: 'capsule' } };
  const code = { text: 'Amoxicillin' };
  const ingredient = [{ itemCodeableConcept: { text: 'Amoxicillin' }, strength }];
  for (const [of, find] of both({ code, ingredient, form: { text: 'Capsule' } })) {
    expect(drugName(of, find)).toBe('Amoxicillin');
    expect(drugDetails(of, find, t)).toEqual(['per 500 mg capsule', 'Capsule']);
  }
});

test('drug details name the ingredient of each strength and leave out inactive ones', () => {
  const ingredient = [
    { itemCodeableConcept: { text: 'Amoxicillin' }, strength: mg(875) },
    { itemReference: { display: 'Clavulanic acid' }, strength: mg(125) },
    { itemCodeableConcept: { text: 'Starch' }, isActive: false },
  ];
  for (const [of, find] of both({ code: { text: 'Augmentin' }, ingredient }))
    expect(drugDetails(of, find, t)).toEqual(['Amoxicillin 875 mg', 'Clavulanic acid 125 mg']);
});

test('a drug without a name is named by its ingredients', () => {
  const ingredient = [
    { itemCodeableConcept: { text: 'Glucose' } },
    { itemReference: { reference: 'Substance/1', display: 'Potassium chloride' } },
  ];
  for (const [of, find] of both({ ingredient })) {
    expect(drugName(of, find)).toBe('Glucose + Potassium chloride');
    expect(drugDetails(of, find, t)).toEqual([]);
  }
});

test('the name in the order comes first, the name in the Medication is a detail', () => {
  for (const [of, find] of both({ code: { text: 'Amoxicillin 250 mg' } }, 'Amoxicillin')) {
    expect(drugName(of, find)).toBe('Amoxicillin');
    expect(drugDetails(of, find, t)).toEqual(['Amoxicillin 250 mg']);
  }
});

test('doubts about the record of the Medication are reported once', () => {
  const modifierExtension = [{ url: 'https://example.org/not', valueBoolean: true }];
  const [[sent, find], [containing, none]] = both({
    status: 'entered-in-error',
    modifierExtension,
  });
  expect(drugDoubts(sent, find)).toEqual({ withdrawn: true, caveats: ['modified'] });
  // The caveats of a contained Medication are reported by the order.
  expect(drugDoubts(containing, none)).toEqual({ withdrawn: true, caveats: [] });
  for (const [of, along] of both({ code: { text: 'Warfarin' }, status: 'active' }))
    expect(drugDoubts(of, along)).toEqual({ withdrawn: false, caveats: [] });
  expect(drugDoubts(order({}), none)).toEqual({ withdrawn: false, caveats: [] });
});

test('the reason why a name is absent is not used as the name', () => {
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

test('a drug that is only a reference has no name, and malformed data is accepted', () => {
  const none = () => undefined;
  const of = order({ medicationReference: { reference: 'Medication/unsent' } });
  // The address of the Medication is not a name.
  expect(drugName(of, none)).toBeUndefined();
  expect(unnamedDrug(of, none)).toBe('Medication/unsent');
  const known = order({ medicationReference: { identifier: { value: 'PZN-06313728' } } });
  expect(drugName(known, none)).toBe('PZN-06313728');
  const broken: object = { medicationReference: '#m', contained: 'x' };
  expect(drugName(order(broken), none)).toBeUndefined();
  expect(drugDetails(order(broken), none, t)).toEqual([]);
});
