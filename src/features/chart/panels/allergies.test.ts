import type { AllergyIntolerance, CodeableConcept } from 'fhir/r4';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { statementWords } from '../allergy/allergy-words.ts';
import type { T } from '../panel.ts';
import { allergies } from './allergies.tsx';

const t: T = (id, values) => [id, ...Object.values(values ?? {})].join(' ');

const allergy = (o: Partial<AllergyIntolerance>): AllergyIntolerance => ({
  resourceType: 'AllergyIntolerance',
  patient: { reference: 'Patient/1' },
  code: { text: 'Penicillin' },
  ...o,
});

/** Returns the lines of one cell. */
function lines(id: string, of: AllergyIntolerance): readonly string[] {
  const cell: ReactNode = allergies.columns
    .find((column) => column.id === id)
    ?.cell(of, t, () => undefined);
  return renderToStaticMarkup(cell)
    .split('</div>')
    .map((line) => line.replaceAll(/<[^>]*>/g, ''))
    .filter(Boolean);
}

test('a record of an STU3 server that was entered in error is struck out', () => {
  const stu3 = (verificationStatus: unknown) =>
    allergy({ verificationStatus: verificationStatus as CodeableConcept });
  expect(allergies.withdrawn(stu3('entered-in-error'))).toBe(true);
  expect(allergies.withdrawn(stu3('confirmed'))).toBe(false);
  const suspected = stu3('unconfirmed');
  const { detail } = allergies.line(suspected, t, () => undefined);
  expect(renderToStaticMarkup(detail)).toContain('Unconfirmed');
});

describe('reactions of an allergy', () => {
  test('all texts of a reaction are shown beside its manifestations', () => {
    const told = allergy({
      reaction: [
        {
          substance: { text: 'Amoxicillin' },
          manifestation: [{ text: 'Rash' }],
          severity: 'severe',
          exposureRoute: { text: 'intravenous' },
          onset: '2020-05-06',
          description: 'Anaphylactic shock within 20 minutes',
          note: [{ text: 'Do not rechallenge' }],
        },
        { substance: { text: 'Penicillin' }, manifestation: [{ text: 'Cough' }] },
      ],
      lastOccurrence: '2021-02-03',
      note: [{ text: 'Wears a bracelet' }],
    });
    expect(lines('reaction', told)).toEqual([
      'Amoxicillin: Rash (status.severe) – intravenous – 06-May-2020',
      'Anaphylactic shock within 20 minutes',
      'Do not rechallenge',
      'Cough',
      'lastReaction 03-Feb-2021',
      'Wears a bracelet',
    ]);
  });

  test('a description is shown in place of missing manifestations, and only once', () => {
    const description = 'Swollen lips';
    const one = (manifestation: readonly { text: string }[]) =>
      lines(
        'reaction',
        allergy({ reaction: [{ manifestation: [...manifestation], description }] }),
      );
    expect(one([])).toEqual(['Swollen lips']);
    expect(one([{ text: 'Swollen lips' }])).toEqual(['Swollen lips']);
  });
});

const absent = (code: string, display?: string) => ({
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code, display }],
});
const masked = absent('masked', 'Masked');
const nullFlavor = (code: string, display: string) => ({
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor', code, display }],
});
const url = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
const withheld = { extension: [{ url, valueCode: 'masked' }] };

describe('reactions that are withheld', () => {
  const reaction = (...all: readonly object[]) =>
    lines('reaction', allergy({ reaction: all as unknown as AllergyIntolerance['reaction'] }));

  test.each([
    ['by code', masked],
    ['by a NullFlavor', nullFlavor('MSK', 'masked')],
    ['by an extension', withheld],
  ])('signs and substance: in words of this page, %s', (_, reason) => {
    expect(reaction({ substance: reason, manifestation: [reason], severity: 'severe' })).toEqual([
      'absent.masked (status.severe) – substance: absent.masked',
    ]);
  });

  test('the route, too, and the whole of one', () => {
    const manifestation = [{ text: 'Rash' }];
    expect(reaction({ manifestation, exposureRoute: masked })).toEqual(['Rash – absent.masked']);
    expect(reaction(withheld)).toEqual(['absent.masked']);
  });

  test('signs beside others that are withheld; a flavor without words keeps its own', () => {
    expect(reaction({ manifestation: [{ text: 'Rash' }, masked] })).toEqual([
      'Rash, absent.masked',
    ]);
    expect(reaction({ manifestation: [nullFlavor('OTH', 'other')] })).toEqual(['other']);
    expect(lines('what', allergy({ code: nullFlavor('OTH', 'other') }))).toEqual(['other']);
  });

  test('a substance that is withheld is not "not recorded", and said once', () => {
    const told = allergy({
      code: undefined,
      reaction: [{ substance: masked, manifestation: [{ text: 'Rash' }] }],
    });
    expect(lines('what', told)).toEqual(['absent.masked']);
    expect(lines('reaction', told)).toEqual(['Rash']);
  });
});

describe('substance of an allergy', () => {
  test.each([
    ['its own text', { text: 'Penicillin' }, 'Penicillin'],
    ['the reason why it is absent', absent('not-asked'), 'absent.not-asked'],
    [
      'the display of its code',
      { coding: [{ code: '1631000175102', display: 'Patient not asked' }] },
      'Patient not asked',
    ],
  ])('is shown as text, never as a bare code: %s', (_, code, words) => {
    expect(lines('what', allergy({ code }))).toEqual([words]);
  });

  test('a reaction comes first; a code that denies the allergy is still shown', () => {
    const code = { coding: [{ code: '716186003', display: 'No known allergy' }] };
    const told = allergy({
      code,
      reaction: [{ substance: { text: 'Penicillin' }, manifestation: [{ text: 'Anaphylaxis' }] }],
    });
    expect(lines('what', told)).toEqual(['Penicillin', 'codeSays: No known allergy']);
    expect(lines('reaction', told)).toEqual(['Anaphylaxis']);
    const nameless = allergy({ code, lastOccurrence: '2020' });
    expect(lines('what', nameless)).toEqual(['substanceUnknown', 'codeSays: No known allergy']);
  });

  test('an unconfirmed statement says that it is unconfirmed', () => {
    const none = allergy({ code: { text: 'No known allergy' } });
    const unconfirmed = { coding: [{ code: 'unconfirmed' }] };
    expect(statementWords(none, t)).toBe('No known allergy');
    expect(statementWords({ ...none, verificationStatus: unconfirmed }, t)).toBe(
      'No known allergy (status.unconfirmed)',
    );
  });
});
