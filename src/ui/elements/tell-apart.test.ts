import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameJson } from '#fhir/changes/json-equal.ts';
import type { Translate } from '#i18n/provider.tsx';
import type { ElementId } from './element-label.ts';
import { tellApart } from './tell-apart.ts';
import { valueText } from './value-text.ts';

const t: Translate<ElementId> = (id) => id;
const words = (a: unknown, b: unknown, path: string) => tellApart([a, b], path, t, 'nothing');

describe('tellApart of two versions of an element', () => {
  const name = { family: 'Doe', given: ['J'] };
  const phone = { system: 'phone', value: '07700' };
  const address = { line: ['1 High St'], city: 'Leeds' };
  const kin = { name, telecom: [phone] };
  const german = { language: { text: 'German' } };
  const number = { type: { text: 'MRN' }, value: '123' };
  const period = { end: '2020' };

  it.each([
    ['address.0', { ...address, use: 'old' }, { ...address, use: 'home' }],
    ['address.0', address, { ...address, period }],
    ['name.0', { ...name, use: 'maiden' }, { ...name, period }],
    ['name.0', { text: 'J Doe', use: 'maiden' }, { text: 'J Doe' }],
    ['identifier.0', { ...number, period }, { ...number, system: 'urn:x' }],
    ['identifier.0', number, { ...number, assigner: { display: 'Riverside' } }],
    ['telecom.0', { ...phone, rank: 1 }, { ...phone, period }],
    ['contact.0', { ...kin, relationship: [{ text: 'Mother' }] }, { ...kin, gender: 'male' }],
    ['contact.0', kin, { ...kin, organization: { display: 'Hillside' } }],
    ['communication.0', { ...german, preferred: true }, { ...german, preferred: false }],
    ['generalPractitioner.0', { display: 'Dr A' }, { display: 'Dr B' }],
  ])('returns distinct texts for %s: %j, %j', (path, a, b) => {
    expect(valueText(a, path)).not.toBe(valueText(b, path));
    expect(valueText(a, path)).not.toContain('{');
    expect(words(a, b, path)).toEqual([valueText(a, path), valueText(b, path)]);
  });

  it('adds the differing parts if the texts are equal', () => {
    const extension = [{ url: 'urn:x', valueString: 'y' }];
    expect(words(name, { ...name, family: 'DOE', extension }, 'name.0')).toEqual([
      'DOE, J\nfamily: Doe\nextension 1, url: nothing\nextension 1, valueString: nothing',
      'DOE, J\nfamily: DOE\nextension 1, url: urn:x\nextension 1, valueString: y',
    ]);
    const listed = words([{ ...phone, id: 'a' }], [phone], 'telecom');
    expect(listed[0]).toContain('\ntelecom 1, id: a');
    expect(words('Doe ', 'Doe', 'x')).toEqual(['Doe\n"Doe "', 'Doe\n"Doe"']);
  });

  it('returns distinct texts exactly for distinct values', () => {
    const word = fc.string({ minLength: 1, maxLength: 12 });
    const keys = [
      'use',
      'family',
      'given',
      'text',
      'value',
      'period',
      'name',
      'coding',
      'language',
    ];
    const value = fc.oneof(
      word,
      fc.array(word),
      fc.dictionary(fc.constantFrom('code', 'start', 'text'), word),
    );
    const key = fc.constantFrom(...keys);
    fc.assert(
      fc.property(fc.dictionary(key, value), key, value, (a, changed, to) => {
        const b = { ...a, [changed]: to };
        const [left, right] = words(a, b, 'name.0');
        expect(left === right).toBe(sameJson(a, b));
      }),
      { numRuns: 300 },
    );
  });
});
