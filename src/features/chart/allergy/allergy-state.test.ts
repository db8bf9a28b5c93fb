import type { AllergyIntolerance } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import type { Page, Stored } from '#fhir/types.ts';
import { byRisk } from './allergy-record.ts';
import { allergyAnswer, allergyState } from './allergy-state.ts';
import { statementWords } from './allergy-words.ts';

const SNOMED = 'http://snomed.info/sct';

const allergy = (code: string, display: string, o: Partial<AllergyIntolerance> = {}) =>
  ({
    resourceType: 'AllergyIntolerance',
    patient: { reference: 'Patient/1' },
    code: { coding: [{ system: SNOMED, code, display }] },
    ...o,
  }) satisfies AllergyIntolerance;
const status = (code: string) => ({ coding: [{ code }] });

describe('the four allergy states', () => {
  const none = allergy('716186003', 'No known allergy');
  const peanut = allergy('91935009', 'Allergy to peanut');

  test('no record is "not recorded", not "none known"', () => {
    expect(allergyState([], true)).toEqual({ state: 'not-recorded' });
    expect(allergyState([none], true)).toEqual({ state: 'none-known' });
  });

  test('no known allergy of some categories is a statement about these only', () => {
    const food = allergy('716186003', 'No known allergy', { category: ['food'] });
    expect(allergyState([food], true)).toEqual({ state: 'not-recorded', statements: [food] });
    expect(statementWords(food, (id) => id)).toBe('No known allergy (allergy.food)');
    const every = allergy('716186003', 'No known allergy', {
      category: ['food', 'medication', 'environment', 'biologic'],
    });
    expect(allergyState([every], true)).toEqual({ state: 'none-known' });
    expect(allergyState([food, none], true)).toEqual({ state: 'none-known' });
  });

  test('an allergy outweighs a record of no known allergy', () => {
    expect(allergyState([none, peanut], true)).toEqual({
      state: 'known',
      names: ['Allergy to peanut'],
      more: 0,
    });
  });

  test('withdrawn, refuted and resolved records do not count', () => {
    const gone = [
      { ...peanut, verificationStatus: status('entered-in-error') },
      { ...peanut, verificationStatus: status('refuted') },
      { ...peanut, clinicalStatus: status('resolved') },
      // The form in STU3.
      { ...peanut, verificationStatus: 'entered-in-error' as never },
      { ...peanut, clinicalStatus: 'inactive' as never },
    ];
    expect(allergyState(gone, true)).toEqual({ state: 'not-recorded' });
    const denied = { ...none, verificationStatus: status('entered-in-error') };
    expect(allergyState([denied], true)).toEqual({ state: 'not-recorded' });
  });

  test('"no known drug allergy" is neither an allergy nor "none known"', () => {
    const drug = allergy('409137002', 'No known drug allergy');
    const only = { state: 'not-recorded', statements: [drug] };
    expect(allergyState([drug], true)).toEqual(only);
    expect(allergyState([drug, none], true)).toEqual({ state: 'none-known' });
    expect(allergyState([drug, peanut], true)).toMatchObject({ state: 'known', more: 0 });
    expect(allergyState([drug], false)).toEqual({ state: 'unavailable' });
  });

  test('an unconfirmed "no known allergy" is shown as a statement, not as "none known"', () => {
    const unsure = { ...none, verificationStatus: status('unconfirmed') };
    const said = { state: 'not-recorded', statements: [unsure] };
    expect(allergyState([unsure], true)).toEqual(said);
    const sure = { ...none, verificationStatus: status('confirmed') };
    expect(allergyState([unsure, sure], true)).toEqual({ state: 'none-known' });
  });

  test.each([
    ['716186003', 'No known allergy'],
    ['409137002', 'No known drug allergy'],
  ])('a record of a reaction is an allergy whatever its code denies: %s', (code, display) => {
    const reaction = [
      { substance: { text: 'Penicillin' }, manifestation: [{ text: 'Anaphylaxis' }] },
    ];
    const told = allergy(code, display, { reaction });
    expect(allergyState([told], true)).toMatchObject({ state: 'known', names: ['Penicillin'] });
    const seen = allergy(code, display, { lastOccurrence: '2020' });
    expect(allergyState([seen], true)).toMatchObject({ state: 'known', names: [undefined] });
    const manifested = allergy(code, display, {
      reaction: [{ manifestation: [{ text: 'Rash' }] }],
    });
    expect(allergyState([manifested], true)).toMatchObject({ state: 'known', names: [undefined] });
    // An empty reaction records nothing.
    const empty = allergy(code, display, { reaction: [{ manifestation: [] }] });
    expect(allergyState([empty], true).state).not.toBe('known');
  });

  const reason = (code: string, display?: string) => ({
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code, display }],
  });
  const masked = {
    extension: [
      {
        url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason',
        valueCode: 'masked' as const,
      },
    ],
  };

  test.each<[string, object]>([
    ['unknown', { reaction: [{ manifestation: [reason('unknown', 'Unknown')] }] }],
    ['not applicable', { reaction: [{ manifestation: [reason('not-applicable')] }] }],
    ['an unknown substance', { reaction: [{ substance: reason('unknown') }] }],
    ['a note without words', { reaction: [{ note: [{ authorString: 'A' }] }] }],
    ['a date that is null', { lastOccurrence: null }],
  ])('a filler of a required element is not a reaction: %s', (_, rest) => {
    expect(allergyState([{ ...none, ...rest }], true)).toEqual({ state: 'none-known' });
  });

  test.each<[string, object]>([
    ['by a code', { reaction: [{ manifestation: [reason('masked', 'Masked')] }] }],
    ['by an extension', { reaction: [{ manifestation: [masked] }] }],
    ['as a whole', { reaction: [masked] }],
    ['its substance', { reaction: [{ substance: masked, manifestation: [reason('unknown')] }] }],
    ['its words', { reaction: [{ _description: masked }] }],
    ['its date', { _lastOccurrence: masked }],
    ['told by its onset only', { reaction: [{ onset: '2020-03', manifestation: [] }] }],
    [
      'told by a NullFlavor that says something',
      {
        reaction: [
          {
            manifestation: [
              {
                coding: [
                  {
                    system: 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor',
                    code: 'OTH',
                    display: 'other',
                  },
                ],
              },
            ],
          },
        ],
      },
    ],
  ])('a withheld or partly recorded reaction is a reaction: %s', (_, rest) => {
    const told = { ...none, ...rest };
    expect(allergyState([told], true)).toMatchObject({ state: 'known', names: [undefined] });
  });

  test('an incomplete response proves no absence', () => {
    expect(allergyState([], false)).toEqual({ state: 'unavailable' });
    expect(allergyState([peanut], false)).toMatchObject({ state: 'known', partial: true });
    expect(allergyState([peanut], true)).not.toHaveProperty('partial');
  });

  test('known allergies are shown although other parts of the response are doubtful', () => {
    const page = (items: readonly object[], rest: Partial<Page<AllergyIntolerance>> = {}) => ({
      items: items as Stored<AllergyIntolerance>[],
      included: [],
      next: undefined,
      previous: undefined,
      self: undefined,
      total: undefined,
      notices: [],
      ...rest,
    });
    const foreign = { ...peanut, patient: { reference: 'Patient/2' } };
    const failed = { notices: [{ severity: 'error', code: 'timeout' } as const] };
    const partly = { state: 'known', names: ['Allergy to peanut'], more: 0, partial: true };
    expect(allergyAnswer(page([peanut], failed), '1')).toEqual(partly);
    const latex = { ...allergy('1003755004', 'Latex'), patient: foreign.patient };
    expect(allergyAnswer(page([peanut, latex]), '1')).toEqual(partly);
    const redacted = { ...none, meta: { security: [{ code: 'REDACTED' }] } };
    for (const doubtful of [
      page([], failed),
      page([foreign]),
      page([none], failed),
      page([redacted]),
    ])
      expect(allergyAnswer(doubtful, '1')).toEqual({ state: 'unavailable' });
    expect(allergyAnswer(page([none]), '1')).toEqual({ state: 'none-known' });
    expect(allergyAnswer(page([]), '1')).toEqual({ state: 'not-recorded' });
  });

  test('an allergy of high criticality is named first', () => {
    const latex = { ...allergy('1003755004', 'Latex'), criticality: 'high' as const };
    const state = allergyState([peanut, latex], true);
    expect(state.state === 'known' && state.names).toEqual(['Latex', 'Allergy to peanut']);
  });

  test.each([
    ['160244002', 'No known allergies'],
    ['no-known-allergies', 'No known allergies'],
  ])('code %s means "none known"', (code, display) => {
    expect(allergyState([allergy(code, display)], true).state).toBe('none-known');
  });

  test.each([
    ['no-allergy-info', 'No information about allergies'],
    ['1631000175102', 'Patient not asked'],
    ['716220001', 'No known animal allergy'],
    ['no-known-food-allergies', 'No known food allergies'],
  ])('code %s is neither an allergy nor "none known"', (code, display) => {
    expect(allergyState([allergy(code, display)], true).state).toBe('not-recorded');
  });

  test('"no known allergy" with a modifier extension or implicit rules proves nothing', () => {
    const modifierExtension = [{ url: 'https://example.org/not', valueBoolean: true }];
    expect(allergyState([{ ...none, modifierExtension }], true).state).toBe('unavailable');
    expect(allergyState([{ ...none, implicitRules: 'urn:x' }], true).state).toBe('unavailable');
  });

  test('an allergy without a substance is still an allergy', () => {
    const { code: _, ...nameless } = peanut;
    expect(allergyState([nameless], true)).toMatchObject({ state: 'known', names: [undefined] });
  });
});

test('byRisk sorts by status and criticality, and keeps the order of equals', () => {
  const one = (id: string, rest: Partial<AllergyIntolerance> = {}) => ({
    ...allergy('91935009', id),
    id,
    ...rest,
  });
  const sorted = [
    one('error', { verificationStatus: status('entered-in-error'), criticality: 'high' }),
    one('resolved', { clinicalStatus: status('resolved'), criticality: 'high' }),
    { ...allergy('409137002', 'No known drug allergy'), id: 'none' },
    one('low', { criticality: 'low' }),
    one('plain-1'),
    one('unsure', { criticality: 'unable-to-assess' }),
    one('high-1', { criticality: 'high' }),
    one('plain-2'),
    one('high-2', { criticality: 'high' }),
  ].toSorted(byRisk);
  expect(sorted.map(({ id }) => id).join(' ')).toBe(
    'high-1 high-2 plain-1 unsure plain-2 low none resolved error',
  );
});
