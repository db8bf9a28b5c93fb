import { describe, expect, it } from 'vitest';
import { isPlain, plainForms, plainReadings } from './search-plain.ts';
import { readSearchText } from './search-text.ts';

const best = (typed: string) => {
  const [first] = readSearchText(typed, '2026-01-01').readings;
  return (first ? plainReadings(first) : []).map((reading) => reading.params);
};

describe('a search for servers that accept each parameter once, with one value', () => {
  it.each([
    ['smith', [{ name: ['smith'] }]],
    [
      'Anna Smith',
      [
        { family: 'Smith', given: 'Anna' },
        { family: 'Anna', given: 'Smith' },
        { family: 'Anna Smith' },
      ],
    ],
    ['Smith, Anna Maria', [{ family: 'Smith', given: 'Anna' }]],
    ['van der Berg, Jan', [{ family: 'van der Berg', given: 'Jan' }]],
    ['Jan van der Berg', [{ family: 'van der Berg', given: 'Jan' }]],
    ['van Dyck', [{ family: 'van Dyck' }, { family: 'Dyck', given: 'van' }]],
    ['O’Brien', [{ name: "O'Brien" }]],
    ['O’Brien, Mary', [{ family: "O'Brien", given: 'Mary' }]],
    ['王小明', [{ family: '王', given: '小明' }, { name: '王小明' }]],
    ['Smith,', [{ name: ['Smith'] }]],
  ])('has these forms for the typed name: %s', (typed, forms) => {
    expect(best(typed).slice(0, forms.length)).toEqual(forms);
  });

  it('keeps the birth date next to a name', () => {
    const [form] = best('Anna Smith 1970-05-01');
    expect(form).toEqual({ family: 'Smith', given: 'Anna', birthdate: '1970-05-01' });
  });

  it('has an identifier as it was typed, and a phone number by its digits', () => {
    expect(best('MR 12 345')).toEqual([{ identifier: 'MR 12 345' }]);
    expect(best('(816) 475-2374')).toEqual([{ phone: '8164752374' }]);
    expect(best('+49 30 123456')).toEqual([{ phone: '+4930123456' }]);
    expect(best('http://x|a,b')).toEqual([{ identifier: 'http://x|a\\,b' }]);
  });

  it('drops no value whose absence would find other patients', () => {
    expect(plainForms({ _id: 'a,b' })).toEqual([{ _id: 'a,b' }]);
    expect(plainForms({ identifier: ['1', '2'] })).toEqual([]);
    expect(plainForms({ birthdate: ['ge1970', 'le1980'] })).toEqual([
      { birthdate: ['ge1970', 'le1980'] },
    ]);
  });

  it('is left unchanged if isPlain', () => {
    expect(isPlain({ name: ['smith'] })).toBe(true);
    expect(isPlain({ family: 'Smith', given: 'Anna' })).toBe(true);
    expect(isPlain({ name: ['Anna', 'Smith,Anna Smith'] })).toBe(false);
    expect(isPlain({ phone: '1,2' })).toBe(false);
  });

  it('says whether each name is searched as family or given name', () => {
    const [first] = readSearchText('Anna Smith 1970-05-01', '2026-01-01').readings;
    expect(first && plainReadings(first).map((r) => r.kinds)).toEqual([
      ['family', 'given', 'birth-date'],
      ['family', 'given', 'birth-date'],
      ['family', 'birth-date'],
    ]);
  });
});
