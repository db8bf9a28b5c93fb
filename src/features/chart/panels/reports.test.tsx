import { beforeAll, expect, test } from 'vitest';
import { shown } from './panel-lines-fixture.ts';
import { reports } from './reports.tsx';

beforeAll(async () => await reports.load?.());

const part = (id: string, text: string, value: number, rest: object = {}) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { text },
  valueQuantity: { value, unit: 'ng/L' },
  ...rest,
});
const flag = (code: string) => ({ interpretation: [{ coding: [{ code }] }] });
const report = (contained: readonly { id: string }[], rest: object = {}) =>
  shown('reports', {
    status: 'final',
    code: { text: 'Cardiac markers' },
    contained,
    result: contained.map(({ id }) => ({ reference: `#${id}` })),
    ...rest,
  });

test('contained results, which no other panel shows, have their values and flags', () => {
  const troponin = part('o1', 'Troponin T', 412, {
    ...flag('HH'),
    referenceRange: [{ high: { value: 14, unit: 'ng/L' } }],
    note: [{ text: 'Haemolysed' }],
    specimen: { reference: '#s' },
    status: 'preliminary',
  });
  const sample = { resourceType: 'Specimen', id: 's', type: { text: 'Plasma' } };
  const { content, detail } = report([troponin], { contained: [troponin, sample] });
  expect(detail).toBe('Troponin T, PlasmaNote: Haemolysed | 412 ng/LCritical high | Preliminary');
  expect(content).toBe(
    'Troponin T, Plasma | 412 ng/LCritical high | Preliminary | Reference range: ≤ 14 ng/LHaemolysed',
  );
});

test('contained results stand beside those that are records of their own', () => {
  const result = [{ reference: '#o1' }, { display: 'Sodium' }, { reference: '#gone' }];
  const { content } = report([part('o1', 'Troponin T', 412)], { result });
  expect(content).toBe('Troponin T | 412 ng/L | Results: Sodium | One result, a record of its own');
});

test('the card shows flagged contained results first, and beside a conclusion only these', () => {
  const all = [1, 2, 3, 4, 5, 6].map((n) => part(`o${n}`, `Test ${n}`, n));
  const high = part('o7', 'Troponin T', 412, flag('HH'));
  const { detail } = report([...all, high]);
  expect(detail).toMatch(
    /^Troponin T \| 412 ng\/LCritical high \| .*Test 4 \| 4 ng\/L \| and 2 more$/,
  );
  const concluded = report([...all, high], { conclusion: 'Infarction' });
  expect(concluded['detail']).toBe('Infarction | Troponin T | 412 ng/LCritical high');
});

test('the contained members of a contained group take its place, each with its germ', () => {
  const members = (...ids: readonly string[]) => ({
    valueQuantity: undefined,
    hasMember: ids.map((id) => ({ reference: `#${id}` })),
  });
  const mic = (id: string) => part(id, 'Ciprofloxacin', 8, flag('R'));
  const germ = part('g', 'Culture', 0, { ...members('c'), valueString: 'Klebsiella' });
  const group = part('p', 'Microbiology', 0, members('g', 'p'));
  const { content } = report([group, germ, mic('c')], { result: [{ reference: '#p' }] });
  expect(content).toBe(
    'Culture | Klebsiella | Ciprofloxacin | Part of: Culture: Klebsiella · Microbiology | 8 ng/LResistant',
  );
});

test('a contained result that was withdrawn is struck out, and one of unknown meaning is flagged', () => {
  const wrong = report([part('o1', 'Troponin T', 412, { status: 'entered-in-error' })]);
  expect(wrong['content']).toMatch(/^Troponin T.*Entered in error/);
  const modifierExtension = [{ url: 'https://example.org/not' }];
  const both = [part('o1', 'Troponin T', 412, { modifierExtension }), part('o2', 'CK', 3)];
  expect(report(both)['content']).toMatch(
    /^Troponin TMeaning may be changed[^|]*\| 412 .*\| CK \| 3 ng\/L$/,
  );
});
