import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayName, formatName } from './names.ts';

const DAY = '2026-11-22';
const show = (...name: unknown[]) => displayName({ name }, DAY);

describe('display name', () => {
  it('follows the order family, given, title', () => {
    expect(show({ family: 'Evans-West', given: ['Mary', 'Jane'], prefix: ['Mrs'] }).text).toBe(
      'EVANS-WEST, Mary Jane (Mrs)',
    );
    expect(formatName({ family: 'King', given: ['Martin'], suffix: ['Jr'] })).toBe(
      'KING, Martin, Jr',
    );
  });

  it('takes mononyms, text and scripts as they are', () => {
    expect(show({ given: ['Suharto'] }).text).toBe('Suharto');
    expect(show({ family: 'Björk' }).text).toBe('BJÖRK');
    expect(show({ text: 'Nguyễn Thị Mai' }).text).toBe('Nguyễn Thị Mai');
    expect(show({ family: '山田', given: ['太郎'] }).text).toBe('山田, 太郎');
    expect(show({ family: 'ბერიძე', given: ['ნინო'] }).text).toBe('ბერიძე, ნინო');
  });

  it('takes the text where the parts say less', () => {
    expect(formatName({ family: 'Nguyễn', text: 'Nguyễn Thị Mai' })).toBe('Nguyễn Thị Mai');
    expect(formatName({ given: ['Mai'], text: 'Nguyễn Thị Mai' })).toBe('Nguyễn Thị Mai');
    // Not where it says the same, or where the parts are whole.
    expect(formatName({ family: 'Björk', text: 'Björk' })).toBe('BJÖRK');
    expect(formatName({ family: 'Smith', prefix: ['Mr'], text: 'Mr Smith' })).toBe('SMITH (Mr)');
    const whole = { family: 'Miller', given: ['Ann'], text: 'Ann Elizabeth Miller' };
    expect(formatName(whole)).toBe('MILLER, Ann');
  });

  it('leaves out initials of given names that stand there in full', () => {
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
    // Where the names themselves are not told, the initials stay.
    const initials = { family: 'Jansen', given: ['H.', 'K.'], _given: qualified('IN', null) };
    expect(formatName(initials)).toBe('JANSEN, H. K.');
    expect(formatName({ ...initials, _given: 7 })).toBe('JANSEN, H. K.');
    expect(formatName({ family: 'Jansen', given: 'Hans', _given: [null] })).toBe('JANSEN, Hans');
  });

  it('prefers the official name in use and names the others', () => {
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

  it('passes over a name whose time is over or has not come', () => {
    const name = show(
      { use: 'official', family: 'Before', period: { end: '2020' } },
      { use: 'official', family: 'Later', period: { start: '2030' } },
      { use: 'usual', family: 'Now' },
    );
    expect(name.text).toBe('NOW');
    expect(name.previous).toEqual(['BEFORE']); // the later one is not a former name
    expect(show({ family: 'Only', period: { end: '2020' } })).toMatchObject({
      text: 'ONLY',
      flags: ['expired'],
    });
  });

  it('flags temporary and anonymous names', () => {
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
  ])('has no text where there is no name: %j', (patient) => {
    expect(displayName(patient, DAY).text).toBeUndefined();
  });

  it('reads what other versions and sloppy servers send', () => {
    expect(displayName({ name: 'John Smith' }).text).toBe('John Smith');
    expect(displayName({ name: { family: ['de', 'Souza'], given: 'Ana' } }).text).toBe(
      'DE SOUZA, Ana',
    );
    expect(displayName({ name: [{ family: 42 }] }).text).toBe('42');
  });

  it('never throws and never shows an empty name', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (a, b) => {
        for (const value of [{ name: a }, { name: [{ family: a, given: b }] }, { name: [a, b] }]) {
          const shown = displayName(value, DAY);
          expect(shown.text === undefined || shown.text.trim() !== '').toBe(true);
        }
      }),
    );
  });

  it('writes Greek capitals without accents, and those of other scripts with theirs', () => {
    expect(show({ family: 'Οικονόμου', given: ['Άννα'] }).text).toBe('ΟΙΚΟΝΟΜΟΥ, Άννα');
    // The two dots tell two vowels from a diphthong: they stay, and come where the accent did that.
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
