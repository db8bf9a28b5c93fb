import { expect, test, vi } from 'vitest';
import type { Patient } from 'fhir/r4';
import { compareRows } from './compare-rows.ts';
import type { FormText } from '../messages.ts';

const settings = vi.hoisted(() => ({ locale: vi.fn(() => 'en') }));
vi.mock('#lib/settings.ts', async (original) => ({ ...(await original<object>()), ...settings }));

const t: FormText = (id) => id;

/** Returns the cells of a patient by row label. */
function cells(fields: Partial<Patient>): ReadonlyMap<string, string | undefined> {
  const { main, more } = compareRows(t, 'https://fhir.example');
  const patient: Patient = { resourceType: 'Patient', ...fields };
  return new Map([...main, ...more].map(([row, cell]) => [row, cell(patient)]));
}

test('lists all names except the displayed one, each with its use or period', () => {
  const shown = cells({
    name: [
      { use: 'maiden', family: 'Smith', given: ['Ann'] },
      { use: 'official', family: 'Jones', given: ['Ann'] },
      { family: 'Gone', period: { end: '1999-02-01' } },
    ],
  });
  expect(shown.get('name')).toBe('JONES, Ann');
  expect(shown.get('otherNames')).toBe(
    'SMITH, Ann (nameUse.maiden)\nGONE (inUseUntil 01-Feb-1999)',
  );
});

test('marks values that are no longer or not yet in use', () => {
  const shown = cells({
    identifier: [{ use: 'old', value: '1' }, { value: '2' }],
    telecom: [{ value: '3', period: { end: '2001-03-05T10:00:00Z' } }],
    address: [{ use: 'home', city: 'Leeds', period: { start: '2999' } }],
  });
  expect(shown.get('identifiers')).toBe('2\n1 (idUse.old)');
  expect(shown.get('contact')).toBe('3 (inUseUntil 05-Mar-2001)');
  expect(shown.get('address')).toBe('Leeds (inUseFrom 2999)');
});

test('isolates numbers from right-to-left text', () => {
  settings.locale.mockReturnValue('he');
  const shown = cells({
    identifier: [{ type: { text: 'MRN' }, value: '943 476' }],
    telecom: [{ value: '+44 20' }],
  });
  expect(shown.get('identifiers')).toBe('MRN \u2068943 476\u2069');
  expect(shown.get('contact')).toBe('\u2068+44 20\u2069');
});
