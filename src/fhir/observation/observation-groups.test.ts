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
 * The structure of HL7's `Bundle-lri-example` (hl7.fhir.r4.examples): two germs of one culture,
 * with results for the same drug.
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

describe('results for the same drug and two germs', () => {
  const { originsOf, membersOf, keyOf } = among(cip2, cip3, klebsiella, staph);

  test('have their germ as origin, and different keys', () => {
    expect([cip2, cip3].map((one) => originsOf(one))).toEqual([
      [{ how: 'partOf', words: 'Sputum culture: Klebsiella pneumonia' }],
      [{ how: 'partOf', words: 'Sputum culture: Staphylococcus aureus' }],
    ]);
    expect(keyOf(cip2)).not.toBe(keyOf(cip3));
  });

  test('are members of their germ, named by the display of the reference if not at hand', () => {
    expect(membersOf(klebsiella)).toEqual(['Heavy growth', 'Ciprofloxacin MIC']);
    expect(membersOf(cip2)).toEqual([]);
    expect(among(staph).membersOf(staph)).toEqual([undefined]);
  });

  test('have an unknown origin and different keys if the germ is not at hand', () => {
    const alone = among(cip2, cip3);
    expect(alone.originsOf(cip2)).toEqual([{ how: 'partOf', words: undefined }]);
    expect(alone.keyOf(cip2)).not.toBe(alone.keyOf(cip3));
  });
});

test('originsOf names both a panel and the germ that contains it', () => {
  const panel = result('panel', 'Susceptibility panel', { hasMember: [to('org2-cip')] });
  const organism = germ('organism2', 'Klebsiella', to('panel'));
  const { originsOf, keyOf } = among(cip2, panel, organism);
  expect(originsOf(cip2)[0]?.words).toBe('Susceptibility panel · Sputum culture: Klebsiella');
  expect(keyOf(cip2)).toContain('#organism2');
});

describe('a result with derivedFrom', () => {
  const from = (...derivedFrom: readonly object[]) =>
    result('a', 'Ciprofloxacin', { derivedFrom, ...said('R') });

  test('has the source as origin, whether the source is at hand or not', () => {
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

  test('has no key of its own if the source is a number', () => {
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

  test('does not give its members another key', () => {
    const old = potassium('k1', { effectiveDateTime: '2016-08-01' });
    const [fresh, chem] = [potassium('k2'), panel('p', 'Chemistry', 'k2')];
    const { keyOf, originsOf } = among(old, fresh, chem);
    expect(originsOf(fresh)).toEqual([{ how: 'partOf', words: 'Chemistry' }]);
    expect(keyOf(fresh)).toBe(keyOf(old));
  });

  test('gives different keys to results of the same test at the same time', () => {
    const eyes = ['Right', 'Left'].flatMap((side) => [
      result(`${side}-value`, 'Visual acuity'),
      panel(side, `${side} eye`, `${side}-value`),
    ]);
    const { keyOf } = among(...eyes);
    expect(keyOf(eyes[0])).not.toBe(keyOf(eyes[2]));
  });

  test('is a group only if it has members and no value', () => {
    expect(isGroup(panel('p', 'CBC', 'k'))).toBe(true);
    expect(isGroup(klebsiella)).toBe(false);
    expect(isGroup(potassium('k'))).toBe(false);
  });
});

describe.each(['entered-in-error', 'cancelled'])('a group that is %s', (status) => {
  const wrong = { ...germ('organism1', 'S. aureus', to('cip')), status };
  const right = germ('organism2', 'E. coli', to('cip'));
  const cip = mic('cip', 'S');

  test('is not the origin of a valid result', () => {
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

  test('does not give different keys to results of the same test at the same time', () => {
    const panel = (id: string, rest: object) => result(id, id, { hasMember: [to('k1')], ...rest });
    const twice = [result('k1', 'Potassium'), result('k2', 'Potassium')];
    expect(among(...twice, panel('Chemistry', { status })).keyOf(twice[0])).toBe('');
  });

  test('is the origin of a result that was withdrawn, too', () => {
    const withdrawn = { ...cip, status };
    expect(among(withdrawn, wrong).originsOf(withdrawn)).toEqual([
      { how: 'partOf', words: 'Sputum culture: S. aureus' },
    ]);
  });
});

test('originsOf and keyOf end when results are members of each other', () => {
  const [a, b] = [
    result('a', 'A', { hasMember: [to('b'), to('a')] }),
    result('b', 'B', { hasMember: [to('a')], derivedFrom: [to('a')] }),
  ];
  const { originsOf, keyOf } = among(a, b);
  expect(originsOf(a)[0]?.words).toBe('B · A');
  expect(keyOf(a)).toBe('');
});
