import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayName, formatName } from './names.ts';

const DAY = '2026-11-22';
const show = (...name: unknown[]) => displayName({ name }, DAY);

describe('the display name', () => {
  it('has the order family, given, title, suffix', () => {
    expect(show({ family: 'Evans-West', given: ['Mary', 'Jane'], prefix: ['Mrs'] }).text).toBe(
      'EVANS-WEST, Mary Jane (Mrs)',
    );
    expect(formatName({ family: 'King', given: ['Martin'], suffix: ['Jr'] })).toBe(
      'KING, Martin, Jr',
    );
  });

  it('shows mononyms, plain text and scripts without capitals unchanged', () => {
    expect(show({ given: ['Suharto'] }).text).toBe('Suharto');
    expect(show({ family: 'Björk' }).text).toBe('BJÖRK');
    expect(show({ text: 'Nguyễn Thị Mai' }).text).toBe('Nguyễn Thị Mai');
    expect(show({ family: '山田', given: ['太郎'] }).text).toBe('山田, 太郎');
    expect(show({ family: 'ბერიძე', given: ['ნინო'] }).text).toBe('ბერიძე, ნინო');
  });

  it('is the text if family or given name is missing and the text is longer', () => {
    expect(formatName({ family: 'Nguyễn', text: 'Nguyễn Thị Mai' })).toBe('Nguyễn Thị Mai');
    expect(formatName({ given: ['Mai'], text: 'Nguyễn Thị Mai' })).toBe('Nguyễn Thị Mai');
    // The text is not used if it is no longer than the parts, or if both parts are recorded.
    expect(formatName({ family: 'Björk', text: 'Björk' })).toBe('BJÖRK');
    expect(formatName({ family: 'Smith', prefix: ['Mr'], text: 'Mr Smith' })).toBe('SMITH (Mr)');
    const whole = { family: 'Miller', given: ['Ann'], text: 'Ann Elizabeth Miller' };
    expect(formatName(whole)).toBe('MILLER, Ann');
  });

  it('omits initials of given names that are recorded in full', () => {
    const qualified = (...codes: (string | null)[]) =>
      codes.map(
        (valueCode) =>
          valueCode && {
            extension: [
              { url: 'http://hl7.org/fhir/StructureDefinition/iso21090-EN-qualifier', valueCode },
            ],
          },
      );
    const dutch = {
      family: 'van Putten',
      given: ['Johanna', 'Petronella', 'J.', 'P.'],
      _given: qualified('BR', 'BR', 'IN', 'IN'),
    };
    expect(formatName(dutch)).toBe('VAN PUTTEN, Johanna Petronella');
    expect(show(dutch).parts?.given).toEqual(['Johanna', 'Petronella']);
    // Without the full given names the initials stay.
    const initials = { family: 'Jansen', given: ['H.', 'K.'], _given: qualified('IN', null) };
    expect(formatName(initials)).toBe('JANSEN, H. K.');
    expect(formatName({ ...initials, _given: 7 })).toBe('JANSEN, H. K.');
    expect(formatName({ family: 'Jansen', given: 'Hans', _given: [null] })).toBe('JANSEN, Hans');
  });

  it('is the current official name, and the other names are returned beside it', () => {
    const name = show(
      { use: 'usual', given: ['Peggy'], family: 'Miller' },
      { use: 'maiden', family: 'Smith' },
      { use: 'old', family: 'Jones', given: ['Margaret'] },
      { use: 'official', given: ['Margaret'], family: 'Miller' },
      { use: 'nickname', given: ['Mags'] },
    );
    expect(name).toMatchObject({
      text: 'MILLER, Margaret',
      preferred: 'Peggy',
      nickname: 'Mags',
      previous: ['SMITH', 'JONES'],
      flags: [],
    });
  });

  it('is not a name whose period is past or future, unless there is no other', () => {
    const name = show(
      { use: 'official', family: 'Before', period: { end: '2020' } },
      { use: 'official', family: 'Later', period: { start: '2030' } },
      { use: 'usual', family: 'Now' },
    );
    expect(name.text).toBe('NOW');
    expect(name.previous).toEqual(['BEFORE']); // a future name is not a former name
    expect(show({ family: 'Only', period: { end: '2020' } })).toMatchObject({
      text: 'ONLY',
      flags: ['expired'],
    });
  });

  it('has flags for temporary and anonymous names', () => {
    expect(show({ use: 'temp', text: 'Unknown male' }).flags).toEqual(['temporary']);
    expect(show({ use: 'anonymous', text: 'A12' }).flags).toEqual(['anonymous']);
  });

  it.each([
    undefined,
    null,
    {},
    { name: null },
    { name: [] },
    { name: [null, {}, { family: '  ' }] },
    { name: [{ family: {}, given: [null, []] }] },
  ])('has no text if the patient has no readable name: %j', (patient) => {
    expect(displayName(patient, DAY).text).toBeUndefined();
  });

  it('is read from names of other FHIR versions and of the wrong JSON type', () => {
    expect(displayName({ name: 'John Smith' }).text).toBe('John Smith');
    expect(displayName({ name: { family: ['de', 'Souza'], given: 'Ana' } }).text).toBe(
      'DE SOUZA, Ana',
    );
    expect(displayName({ name: [{ family: 42 }] }).text).toBe('42');
  });

  it('never throws and is never empty text', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (a, b) => {
        for (const value of [{ name: a }, { name: [{ family: a, given: b }] }, { name: [a, b] }]) {
          const shown = displayName(value, DAY);
          expect(shown.text === undefined || shown.text.trim() !== '').toBe(true);
        }
      }),
    );
  });

  it('writes Greek capitals without accents, and capitals of other scripts with them', () => {
    expect(show({ family: 'Οικονόμου', given: ['Άννα'] }).text).toBe('ΟΙΚΟΝΟΜΟΥ, Άννα');
    // A diaeresis marks two separate vowels, so it stays, and replaces an accent that marked them.
    expect(show({ family: 'Μαΐου' }).text).toBe('ΜΑΪΟΥ');
    expect(show({ family: 'García Núñez' }).text).toBe('GARCÍA NÚÑEZ');
    expect(show({ family: 'Işık' }).text).toBe('IŞIK');
  });

  it('does not write ß as ss', () => {
    expect(show({ family: 'Weiß', given: ['Anna'] }).text).toBe('WEIẞ, Anna');
  });

  it('keeps every given name in order', () => {
    const word = fc.stringMatching(/^[A-Z][a-z]{0,8}$/);
    fc.assert(
      fc.property(word, fc.array(word, { minLength: 1, maxLength: 40 }), (family, given) => {
        expect(show({ family, given }).text).toBe(`${family.toUpperCase()}, ${given.join(' ')}`);
      }),
    );
  });
});
