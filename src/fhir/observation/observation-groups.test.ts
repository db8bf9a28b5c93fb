import { describe, expect, test } from 'vitest';
import { groupsOf, isGroup } from './observation-groups.ts';
import { record } from '#lib/narrow.ts';

const at = { effectiveDateTime: '2016-08-18', status: 'final' };
const result = (id: string, name: string, rest: object = {}) => ({
  resourceType: 'Observation',
  id,
  code: { text: name },
  ...at,
  ...rest,
});
const to = (id: string, display?: string) => ({
  reference: `Observation/${id}`,
  ...(display && { display }),
});
const said = (code: string) => ({ interpretation: [{ coding: [{ code }] }] });
const among = (...all: readonly { readonly id: string }[]) =>
  groupsOf(all, (reference) =>
    all.find(({ id }) => `Observation/${id}` === record(reference)['reference']),
  );

/**
 * The shape of HL7's `Bundle-lri-example` (hl7.fhir.r4.examples): two germs of one culture, each
 * with the same drugs.
 */
const germ = (id: string, name: string, ...members: readonly object[]) =>
  result(id, 'Sputum culture', { valueCodeableConcept: { text: name }, hasMember: members });
const mic = (id: string, code: string) => result(id, 'Ciprofloxacin MIC', said(code));
const klebsiella = germ(
  'organism2',
  'Klebsiella pneumonia',
  to('growth2', 'Heavy growth'),
  to('org2-cip', 'Ciprofloxacin MIC - Susceptible'),
);
const staph = germ('organism3', 'Staphylococcus aureus', to('org3-cip'));
const [cip2, cip3] = [mic('org2-cip', 'S'), mic('org3-cip', 'R')];

describe('the drugs of two germs', () => {
  const { originsOf, membersOf, keyOf } = among(cip2, cip3, klebsiella, staph);

  test('say of which each is, and are two tests', () => {
    expect([cip2, cip3].map((one) => originsOf(one))).toEqual([
      [{ how: 'partOf', words: 'Sputum culture: Klebsiella pneumonia' }],
      [{ how: 'partOf', words: 'Sputum culture: Staphylococcus aureus' }],
    ]);
    expect(keyOf(cip2)).not.toBe(keyOf(cip3));
  });

  test('stand by name with their germ, by the name of the reference where they are elsewhere', () => {
    expect(membersOf(klebsiella)).toEqual(['Heavy growth', 'Ciprofloxacin MIC']);
    expect(membersOf(cip2)).toEqual([]);
    expect(among(staph).membersOf(staph)).toEqual([undefined]);
  });

  test('without their germ are of an unknown one, each of its own', () => {
    const alone = among(cip2, cip3);
    expect(alone.originsOf(cip2)).toEqual([{ how: 'partOf', words: undefined }]);
    expect(alone.keyOf(cip2)).not.toBe(alone.keyOf(cip3));
  });
});

test('a panel between a germ and its drugs is passed through', () => {
  const panel = result('panel', 'Susceptibility panel', { hasMember: [to('org2-cip')] });
  const organism = germ('organism2', 'Klebsiella', to('panel'));
  const { originsOf, keyOf } = among(cip2, panel, organism);
  expect(originsOf(cip2)[0]?.words).toBe('Susceptibility panel · Sputum culture: Klebsiella');
  expect(keyOf(cip2)).toContain('#organism2');
});

describe('what is derived from another', () => {
  const from = (...derivedFrom: readonly object[]) =>
    result('a', 'Ciprofloxacin', { derivedFrom, ...said('R') });

  test('names it, here or elsewhere', () => {
    const here = from(to('organism3'));
    expect(among(here, staph).originsOf(here)).toEqual([
      { how: 'derivedFrom', words: 'Sputum culture: Staphylococcus aureus' },
    ]);
    const named = from(to('x', 'E. coli'));
    expect(among(named).originsOf(named)).toEqual([{ how: 'derivedFrom', words: 'E. coli' }]);
    const unnamed = from(to('x'), { reference: 'QuestionnaireResponse/1' });
    expect(among(unnamed).originsOf(unnamed)).toEqual([{ how: 'derivedFrom', words: undefined }]);
    expect(among(unnamed).keyOf(unnamed)).not.toBe('');
  });

  test('of a number is the same test each time', () => {
    const creatinine = result('k', 'Creatinine', { valueQuantity: { value: 80 } });
    const rate = result('r', 'eGFR', { derivedFrom: [to('k')] });
    const { originsOf, keyOf } = among(rate, creatinine);
    expect(originsOf(rate)).toEqual([{ how: 'derivedFrom', words: 'Creatinine' }]);
    expect(keyOf(rate)).toBe('');
  });
});

describe('a panel that only groups', () => {
  const potassium = (id: string, rest: object = {}) => result(id, 'Potassium', rest);
  const panel = (id: string, name: string, member: string) =>
    result(id, name, { hasMember: [to(member)] });

  test('does not make another test of what it groups', () => {
    const old = potassium('k1', { effectiveDateTime: '2016-08-01' });
    const [fresh, chem] = [potassium('k2'), panel('p', 'Chemistry', 'k2')];
    const { keyOf, originsOf } = among(old, fresh, chem);
    expect(originsOf(fresh)).toEqual([{ how: 'partOf', words: 'Chemistry' }]);
    expect(keyOf(fresh)).toBe(keyOf(old));
  });

  test('tells apart what was measured twice at one moment', () => {
    const eyes = ['Right', 'Left'].flatMap((side) => [
      result(`${side}-value`, 'Visual acuity'),
      panel(side, `${side} eye`, `${side}-value`),
    ]);
    const { keyOf } = among(...eyes);
    expect(keyOf(eyes[0])).not.toBe(keyOf(eyes[2]));
  });

  test('has no value, and is told from what lacks one', () => {
    expect(isGroup(panel('p', 'CBC', 'k'))).toBe(true);
    expect(isGroup(klebsiella)).toBe(false);
    expect(isGroup(potassium('k'))).toBe(false);
  });
});

describe.each(['entered-in-error', 'cancelled'])('what is %s', (status) => {
  const wrong = { ...germ('organism1', 'S. aureus', to('cip')), status };
  const right = germ('organism2', 'E. coli', to('cip'));
  const cip = mic('cip', 'S');

  test('is not what a result that holds belongs to', () => {
    const { originsOf, keyOf } = among(cip, wrong, right);
    expect(originsOf(cip)).toEqual([{ how: 'partOf', words: 'Sputum culture: E. coli' }]);
    expect(keyOf(cip)).not.toContain('organism1');
    expect(among(cip, wrong).originsOf(cip)).toEqual([{ how: 'partOf', words: undefined }]);
    const derived = result('d', 'Ciprofloxacin', {
      derivedFrom: [to('organism1', 'S. aureus'), to('organism2')],
    });
    expect(among(derived, wrong, right).originsOf(derived)).toEqual([
      { how: 'derivedFrom', words: 'Sputum culture: E. coli' },
    ]);
  });

  test('does not tell apart what was measured twice at one moment', () => {
    const panel = (id: string, rest: object) => result(id, id, { hasMember: [to('k1')], ...rest });
    const twice = [result('k1', 'Potassium'), result('k2', 'Potassium')];
    expect(among(...twice, panel('Chemistry', { status })).keyOf(twice[0])).toBe('');
  });

  test('still holds together what was withdrawn with it', () => {
    const withdrawn = { ...cip, status };
    expect(among(withdrawn, wrong).originsOf(withdrawn)).toEqual([
      { how: 'partOf', words: 'Sputum culture: S. aureus' },
    ]);
  });
});

test('records that hold each other come to an end', () => {
  const [a, b] = [
    result('a', 'A', { hasMember: [to('b'), to('a')] }),
    result('b', 'B', { hasMember: [to('a')], derivedFrom: [to('a')] }),
  ];
  const { originsOf, keyOf } = among(a, b);
  expect(originsOf(a)[0]?.words).toBe('B · A');
  expect(keyOf(a)).toBe('');
});
