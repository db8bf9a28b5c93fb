import type { MedicationRequest, MedicationStatement } from 'fhir/r4';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, expect, test } from 'vitest';
import { medicationStatements } from './medication-statements.tsx';
import { medications } from './medications.tsx';

beforeAll(async () => await medications.load?.());

const none = () => undefined;
const order = (rest: object): MedicationRequest => ({
  resourceType: 'MedicationRequest',
  status: 'active',
  intent: 'plan',
  subject: { reference: 'Patient/a' },
  ...rest,
});
const words = (node: React.ReactNode): string =>
  renderToStaticMarkup(node)
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
const cell = (id: string, of: MedicationRequest): string =>
  words(medications.columns.find((c) => c.id === id)?.cell(of, (key) => key, none));
const line = (of: MedicationRequest): string =>
  words(medications.line(of, (key) => key, none).detail);

test.each([
  ['reported', { reportedBoolean: true }, 'Reported, not ordered here Active'],
  [
    'by somebody',
    { reportedReference: { display: 'Her daughter' } },
    'Reported by Her daughter, not ordered here Active',
  ],
  [
    'by the patient',
    { reportedReference: { reference: 'Patient/a' } },
    'Reported by patient, not ordered here Active',
  ],
  [
    'an order of somebody else',
    { intent: 'order', reportedBoolean: true },
    'Reported, not ordered here Active',
  ],
  [
    'only proposed',
    { intent: 'proposal', reportedBoolean: true },
    'Reported, not ordered here Proposed, not ordered Active',
  ],
  ['planned', { reportedBoolean: false }, 'Planned, not ordered Active'],
  ['ordered', { intent: 'order' }, 'Active'],
])('a request that is %s has these flags in the table and on the card', (_, rest, shown) => {
  expect(cell('status', order(rest))).toBe(shown);
  expect(line(order(rest))).toBe(shown);
});

test.each([
  [{ priority: 'stat' }, 'Active priority: status.stat'],
  [{ priority: 'urgent' }, 'Active priority: status.urgent'],
  [{ priority: 'asap', status: 'on-hold' }, 'On hold priority: status.asap'],
  [{ priority: 'routine' }, 'Active'],
  [{ priority: 'stat', status: 'stopped' }, 'Stopped'],
  [{ priority: 'stat', status: 'cancelled' }, 'Cancelled'],
  [{ priority: 'stat', status: 'entered-in-error' }, 'Entered in error'],
  [{ priority: 'stat', doNotPerform: true }, 'doNotGive Active'],
])('the priority is shown only while a drug is to be given: %j', (rest, shown) => {
  expect(cell('status', order({ intent: 'order', ...rest }))).toBe(shown);
  expect(line(order({ intent: 'order', ...rest }))).toBe(shown);
});

test('a drug has a flag if its own record was entered in error or may mean something else', () => {
  const medication = (rest: object) =>
    ({ resourceType: 'Medication', id: 'm', code: { text: 'Warfarin' }, ...rest }) as never;
  const of = order({ medicationReference: { reference: 'Medication/m' } });
  const both = (rest: object) =>
    [
      medications.columns[0]!.cell(
        of,
        (key) => key,
        () => medication(rest),
      ),
      medications.line(
        of,
        (key) => key,
        () => medication(rest),
      ).text,
    ].map(words);
  expect(both({})).toEqual(['Warfarin', 'Warfarin']);
  // The order itself is valid.
  const error = 'Warfarin The drug’s own record: entered in error';
  expect(both({ status: 'entered-in-error' })).toEqual([error, error]);
  const modified = 'Warfarin Meaning may be changed: see the raw JSON';
  const modifierExtension = [{ url: 'https://example.org/not', valueBoolean: true }];
  expect(both({ modifierExtension })).toEqual([modified, modified]);
});

test.each([
  [
    'coded',
    {
      medicationCodeableConcept: {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason',
            code: 'masked',
            display: 'Masked',
          },
        ],
      },
    },
  ],
  ['of a Medication', { medicationReference: { reference: 'Medication/m' } }],
  ['of a contained one', { medicationReference: { reference: '#m' } }],
])('a withheld drug is shown as withheld, %s', (_, rest: object) => {
  const url = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
  const code = { extension: [{ url, valueCode: 'masked' }] };
  const medication = { resourceType: 'Medication', id: 'm', code } as const;
  const of = order({ ...rest, contained: [medication] });
  const both = [
    medications.columns[0]!.cell(
      of,
      (key) => key,
      () => medication,
    ),
    medications.line(
      of,
      (key) => key,
      () => medication,
    ).text,
  ];
  expect(both.map(words)).toEqual(['Withheld', 'Withheld']);
});

test('an order shows its date, until when it may be dispensed, and who prescribed it', () => {
  const of = order({
    authoredOn: '2026-02-02',
    requester: { reference: 'Patient/a' },
    dispenseRequest: { validityPeriod: { start: '2026-02-02', end: '2026-05-02' } },
  });
  expect(cell('date', of)).toBe('02-Feb-2026 valid 02-Feb-2026 – 02-May-2026');
  expect(cell('by', of)).toBe('patient');
});

test('an order shows the drug with its strength, and the dosage with its end', () => {
  const strength = {
    numerator: { value: 500, unit: 'mg' },
    denominator: { value: 1, unit: 'capsule' },
  };
  const item = { itemCodeableConcept: { text: 'Amoxicillin' }, strength };
  const of = order({
    medicationReference: { reference: '#m' },
    contained: [{ resourceType: 'Medication', id: 'm', ingredient: [item] }],
    dosageInstruction: [
      {
        text: '1 capsule at night',
        timing: { repeat: { boundsPeriod: { end: '2026-03-01' } } },
      },
    ],
    note: [{ text: 'Tolerated before' }],
  });
  expect(cell('what', of)).toBe('Amoxicillin 500 mg per capsule');
  expect(cell('dosage', of)).toBe('1 capsule at night Coded: until 01-Mar-2026 Tolerated before');
});

test('the card shows the dosage below the drug of a current order', () => {
  const drug = {
    medicationCodeableConcept: { text: 'Warfarin' },
    dosageInstruction: [{ text: '1 tablet at night' }],
    note: [{ text: 'Tolerated before' }],
  };
  const text = (rest: object): string =>
    words(medications.line(order({ ...drug, ...rest }), (key) => key, none).text);
  expect(text({})).toBe('Warfarin 1 tablet at night');
  expect(text({ status: 'on-hold' })).toBe('Warfarin 1 tablet at night');
  expect(text({ dosageInstruction: undefined })).toBe('Warfarin');
  // An order that is over or forbids the drug must not show a dose.
  for (const rest of [{ status: 'completed' }, { doNotPerform: true }])
    expect(text(rest)).toBe('Warfarin');
  // A dose is never shown without its drug.
  expect(text({ medicationCodeableConcept: undefined })).toBe('Not recorded 1 tablet at night');
});

test('the card shows the dosage below the drug of a current medication statement', () => {
  const text = (status: MedicationStatement['status']): string => {
    const of: MedicationStatement = {
      resourceType: 'MedicationStatement',
      status,
      subject: { reference: 'Patient/a' },
      medicationCodeableConcept: { text: 'Ibuprofen' },
      dosage: [{ text: '400 mg when needed' }],
    };
    return words(medicationStatements.line(of, (key) => key, none).text);
  };
  expect(text('active')).toBe('Ibuprofen 400 mg when needed');
  expect(text('not-taken')).toBe('Ibuprofen');
});
