import { describe, expect, it, vi } from 'vitest';
import { valueText } from './value-text.ts';

const settings = vi.hoisted(() => ({ locale: vi.fn(() => 'en') }));
vi.mock('#lib/settings.ts', async (original) => ({ ...(await original<object>()), ...settings }));

describe('valueText', () => {
  const phone = { system: 'other', value: '+44 1632 960000', use: 'other' };

  it('returns a number followed by its details', () => {
    expect(valueText(phone)).toMatch(/^\+44 1632 960000, /);
  });

  it('isolates a number in a right-to-left language', () => {
    settings.locale.mockReturnValue('he');
    expect(valueText(phone)).toMatch(/^\u2068\+44 1632 960000\u2069, /);
  });
});

describe('valueText of a deeply nested value', () => {
  const nested = (key: string): unknown => {
    let value: object = { [key]: 'end' };
    for (let i = 0; i < 20_000; i += 1) value = { url: 'x', [key]: [value] };
    return value;
  };

  it.each(['extension', 'something'])('is cut off: %s', (key) => {
    expect(valueText(nested(key))?.length).toBeLessThan(400);
    expect(valueText(nested(key))).toContain('…');
    expect(valueText('end')).toBe('end');
  });
});

describe('valueText of extensions and attachments', () => {
  const birthTime = {
    url: 'http://hl7.org/fhir/StructureDefinition/patient-birthTime',
    valueDateTime: '1960-12-25',
  };
  const race = {
    url: 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-race',
    extension: [
      { url: 'ombCategory', valueCoding: { code: '2106-3', display: 'White' } },
      { url: 'text', valueString: 'White' },
    ],
  };

  it.each([
    [
      'birthDate',
      { birthDate: '1960-12', _birthDate: { extension: [birthTime] } },
      'Dec-1960, patient-birthTime: 25-Dec-1960',
    ],
    ['birthDate', { extension: [birthTime] }, 'patient-birthTime: 25-Dec-1960'],
    ['extension', [race], 'us-core-race: ombCategory: White; text: White'],
    ['photo', [{ contentType: 'image/png', data: 'AAAA' }], 'image/png'],
  ])('is readable: %s %j', (path, value, words) => {
    settings.locale.mockReturnValue('en');
    expect(valueText(value, path)).toBe(words);
  });

  it('is JSON if the value has no text', () => {
    expect(valueText({ _birthDate: 'x', other: 'y', more: 'z' })).toContain('{"_birthDate"');
    expect(valueText({ extension: [{ nothing: true }] })).toContain('{"nothing"');
  });
});
