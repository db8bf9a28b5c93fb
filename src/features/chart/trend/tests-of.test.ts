import { expect, test } from 'vitest';
import { labs } from '../panels/labs.ts';
import { mergeTests, oneTest, testsOf } from './tests-of.ts';

const LOINC = 'http://loinc.org';
const result = (text: string, ...coding: object[]) => ({
  resourceType: 'Observation' as const,
  status: 'final' as const,
  category: [{ coding: [{ code: 'laboratory' }] }],
  code: { text, coding },
});
const potassium = result('Potassium', { system: LOINC, code: '2823-3' });

test('testsOf lists each test once, by name, with all its codes', () => {
  const all = [
    result('Sodium', { system: LOINC, code: '2951-2' }),
    potassium,
    potassium,
    result('Potassium', { code: 'K,1' }),
    result('Words only'),
  ];
  expect(testsOf(all)).toEqual([
    { label: 'Potassium', codes: [[`${LOINC}|2823-3`], ['K\\,1']] },
    { label: 'Sodium', codes: [[`${LOINC}|2951-2`]] },
  ]);
});

test('codes and groups of a later page are added to a test that is known', () => {
  const known = testsOf([potassium, result('Sodium', { system: LOINC, code: '2951-2' })]);
  const other = result('Potassium', { system: LOINC, code: '6298-4' });
  const panel = {
    ...result('Chloride', { code: 'Cl' }),
    hasMember: [{ reference: 'Observation/a' }],
  };
  const all = mergeTests(known, testsOf([potassium, other, panel]));
  expect(all).toEqual([
    { label: 'Chloride', codes: [['Cl']], grouped: true },
    { label: 'Potassium', codes: [[`${LOINC}|2823-3`], [`${LOINC}|6298-4`]], grouped: true },
    { label: 'Sodium', codes: [[`${LOINC}|2951-2`]] },
  ]);
  // The same list, so that a component that keeps it is not rendered without end.
  expect(mergeTests(all, testsOf([other, panel]))).toBe(all);
  expect(mergeTests(all, known)).toBe(all);
  expect(mergeTests([], [])).toEqual([]);
});

test('a bare code is named with its system, as in the table', () => {
  const bare = {
    resourceType: 'Observation',
    code: { coding: [{ system: LOINC, code: '2823-3' }] },
  };
  expect(testsOf([bare])).toMatchObject([{ label: 'LOINC 2823-3' }]);
});

test('a reason why nothing was coded is no test: choosing it would show others under its name', () => {
  const flavor = (code: string, display?: string) => ({
    system: 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor',
    code,
    display,
  });
  const bare = (...coding: object[]) => ({ resourceType: 'Observation', code: { coding } });
  const absent = 'http://terminology.hl7.org/CodeSystem/data-absent-reason';
  const uncoded = [
    result('Ferritin', flavor('UNK')),
    result('Troponin', flavor('UNK')),
    result('Cortisol', flavor('OTH', 'other')),
    result('Unknown', { system: absent, code: 'unknown', display: 'Unknown' }),
    bare(flavor('UNK', 'unknown')),
    bare(flavor('OTH', 'other')),
  ];
  expect(testsOf(uncoded)).toEqual([]);
  const loinc = { system: LOINC, code: '2823-3', display: 'Potassium' };
  const [test, ...others] = testsOf([...uncoded, bare(flavor('UNK', 'unknown'), loinc)]);
  expect(test).toEqual({ label: 'Potassium', codes: [[`${LOINC}|2823-3`]] });
  expect(others).toEqual([]);
  // What merely has the same reason beside another code is not of that test.
  const sodium = result('Sodium', flavor('UNK'), { system: LOINC, code: '2951-2' });
  expect(oneTest(labs, test!).belongs(sodium)).toBe(false);
});

test('a panel of one test searches by its codes and shows no other results', () => {
  const [chosen] = testsOf([potassium]);
  const panel = oneTest(labs, chosen!);
  expect(panel.params).toEqual({ category: 'laboratory', code: `${LOINC}|2823-3` });
  const other = result('K', { code: 'house-k' }, { system: LOINC, code: '2823-3' });
  const cell = { ...potassium, category: [{ coding: [{ code: 'exam' }] }] };
  const sodium = result('Sodium', { system: LOINC, code: '2951-2' });
  const shown = (r: typeof potassium) => panel.belongs(r) && !panel.strays?.(r);
  expect([potassium, other, sodium, cell].map(shown)).toEqual([true, true, false, false]);
});

test('a panel of one test shows no test that merely has one of its codes', () => {
  // https://hl7.org/fhir/R4/bodytemp.html: 8310-5 always, and a more specific code beside it.
  const magic = { system: LOINC, code: '8310-5' };
  const oral = result('Oral', magic, { system: LOINC, code: '8331-1' });
  const rectal = result('Rectal', magic, { system: LOINC, code: '8332-3' });
  const [chosen] = testsOf([oral, rectal]);
  const panel = oneTest(labs, chosen!);
  expect(panel.params).toMatchObject({ code: `${LOINC}|8310-5` });
  const coded = result('ORAL', { system: 'urn:house', code: 'T|1' }, ...oral.code.coding);
  const early = result('Oral', magic);
  expect([oral, coded, early, rectal].map(panel.belongs)).toEqual([true, true, true, false]);
});

test('a panel of a grouped test includes the results that its results belong to', () => {
  const panel = { ...result('Panel'), hasMember: [{ reference: 'Observation/a' }] };
  const [grouped] = testsOf([potassium, panel]);
  expect(oneTest(labs, grouped!)).toMatchObject({
    include: 'Observation:derived-from',
    revinclude: 'Observation:has-member',
  });
  const [alone] = testsOf([potassium]);
  expect(oneTest(labs, alone!)).not.toHaveProperty('revinclude');
});
