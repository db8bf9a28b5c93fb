import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '#lib/settings.ts';
import { readSearchText } from './search-text.ts';

const read = (text: string) => readSearchText(text, '2026-11-22');
const first = (text: string) => read(text).readings[0]?.params;

describe('a label in a search text', () => {
  it.each([
    'DOB 22/12/2001',
    'dob: 22/12/2001',
    'DOB22/12/2001',
    'D.O.B. 22 12 2001',
    'DOB 22122001',
    'DOB 20011222',
    'date of birth 2001-12-22',
    'Birthdate: 22-12-2001',
    'born 22 Dec 2001',
    'born on December 22, 2001',
    '(b. 22.12.2001)',
    'geb. 22.12.2001',
    'Geb.: 22.12.2001',
    'geboren am 22.12.2001',
    'Geburtsdatum 22.12.2001',
    '* 22.12.2001',
    '*22.12.2001',
    'γεν. 22/12/2001',
    'ΓΕΝΝΗΘΕΙΣ 22/12/2001',
    'ημ. γέννησης: 22/12/2001',
    'Ημερομηνία γέννησης 22/12/2001',
    'ת.ל. 22.12.2001',
    'ת״ל 22/12/2001',
    'תאריך לידה: 22/12/2001',
    'נולדה ב-22.12.2001',
    'יליד 22.12.2001',
  ])('marks a birth date: %s', (text) => {
    const { readings, ask } = read(text);
    expect({ ask, all: readings.map((r) => r.params) }).toEqual({
      ask: false,
      all: [{ birthdate: '2001-12-22' }],
    });
  });

  it.each([
    ['* 1945', { birthdate: '1945' }],
    ['born in 1945', { birthdate: '1945' }],
    ['Smith DOB 22/12/2001', { name: ['Smith'], birthdate: '2001-12-22' }],
    ['Smith, John (born 22 Dec 2001)', undefined],
    ['DOB 20011222 Smith', { name: ['Smith'], birthdate: '2001-12-22' }],
    ['Müller geb. 22.12.2001', { name: ['Müller'], birthdate: '2001-12-22' }],
    ['Müller *1945', { name: ['Müller'], birthdate: '1945' }],
    ['MRN 12345 DOB 22/12/2001', { identifier: '12345', birthdate: '2001-12-22' }],
    ['Smith MRN 12345 born 1945', { name: ['Smith'], identifier: '12345', birthdate: '1945' }],
  ])('marks a birth date next to other words: %s', (text, expected) => {
    expect(first(text)).toEqual(
      expected ?? { name: ['Smith', String.raw`John,Smith\, John`], birthdate: '2001-12-22' },
    );
  });

  it.each([
    ['MRN 12345', '12345'],
    ['mrn12345', 'mrn12345'], // without a blank the letters may belong to the number
    ['NHS 943 476 5919', '943 476 5919,9434765919'],
    ['NHS No. 943 476 5919', '943 476 5919,9434765919'],
    ['NHS number: 9434765919', '9434765919'],
    ['Hospital number 12345', '12345'],
    ['Patient ID: AB-12', 'AB-12'],
    ['# 12345', '12345'],
    ['#12345', '12345'],
    ['Pat.-Nr. 12345', '12345'],
    ['Patientennummer 12345', '12345'],
    ['Versichertennr. A123456780', 'A123456780'],
    ['KVNR: A123456780', 'A123456780'],
    ['ΑΜΚΑ 01014512345', '01014512345'],
    ['αρ. μητρώου 12345', '12345'],
    ['ת.ז. 123456782', '123456782'],
    ['ת"ז 123456782', '123456782'],
    ['מספר זהות: 123456782', '123456782'],
    ['מס׳ תיק 12345', '12345'],
  ])('marks an identifier: %s', (text, identifier) => {
    expect(first(text)).toEqual({ identifier });
  });

  it.each([
    ['tel 555-1234', '555-1234,5551234'],
    ['Tel.: 0632 960 001', '0632 960 001,0632960001'],
    ['phone 555 1234', '555 1234,5551234'],
    ['mobile: +44 7700 900001', '+44 7700 900001,+447700900001'],
    ['Handy 0171 1234567', '0171 1234567,01711234567'],
    ['Telefon 030/123456', '030/123456,030123456'],
    ['τηλ. +30 210 1234567', '+30 210 1234567,+302101234567'],
    ['κινητό +306941234567', '+306941234567'],
    ['טל׳ 03-1234567', '03-1234567,031234567'],
    ['נייד: 050-1234567', '050-1234567,0501234567'],
  ])('marks a phone number: %s', (text, phone) => {
    const { readings } = read(text);
    expect(readings[0]).toMatchObject({ kinds: ['phone'], params: { phone } });
    expect(readings.some(({ params }) => params['identifier'] !== undefined)).toBe(false);
  });

  it.each([
    ['Smith MRN 12345', { name: ['Smith'], identifier: '12345' }],
    [
      'John Smith NHS 943 476 5919',
      { name: ['John', 'Smith,John Smith'], identifier: '943 476 5919,9434765919' },
    ],
    ['MRN 12345 Smith', { name: ['Smith'], identifier: '12345' }],
    ['MRN 12345, 22/12/2001', { identifier: '12345', birthdate: '2001-12-22' }],
    ['Smith tel 555-1234', { name: ['Smith'], phone: '555-1234,5551234' }],
    ['Handy 22/12/2001', { name: ['Handy'], birthdate: '2001-12-22' }],
    ['Handy 1945', { name: ['Handy'], birthdate: '1945' }],
    ['Chi 22/12/2001', { name: ['Chi'], birthdate: '2001-12-22' }],
    ['MRN 123 tel 555-1234', { identifier: '123', phone: '555-1234,5551234' }],
    ['email: ann@example.org', { email: 'ann@example.org' }],
    ['E-Mail ann@example.org', { email: 'ann@example.org' }],
  ])('marks a number or an email address next to other words: %s', (text, expected) => {
    expect(first(text)).toEqual(expected);
  });

  it.each([
    ['MRN 12345 22-12-2001', { identifier: '12345' }],
    ['MRN: 12345 22-12-2001', { identifier: '12345' }],
    ['# 12345 22-12-2001', { identifier: '12345' }],
    ['MRN 12345 2001-12-22', { identifier: '12345' }],
    ['NHS 943 476 5919 22-12-2001', { identifier: '943 476 5919,9434765919' }],
    ['NHS 943 476 1990 22-12-2001', { identifier: '943 476 1990,9434761990' }],
    ['Tel 0632 960001 22-12-2001', { phone: '0632 960001,0632960001' }],
    ['Tel 0632 960001 22/12/2001', { phone: '0632 960001,0632960001' }],
    ['12345 22-12-2001', { identifier: '12345' }],
  ])('does not make a birth date after the number part of the number: %s', (text, number) => {
    const readings = read(text).readings.map(({ params }) => params);
    expect(readings).toEqual([{ ...number, birthdate: '2001-12-22' }]);
  });

  it.each([
    ['Tel 030 12-11-10', { phone: '030 12-11-10,030121110' }],
    ['Tel 0171 12-11-2010', { phone: '0171 12-11-2010,017112112010' }],
    ['Tel 030 12-34-56', { phone: '030 12-34-56,030123456' }],
    ['MRN 2001-12-22', { identifier: '2001-12-22' }],
  ])('marks a number that only looks like a date: %s', (text, number) => {
    expect(first(text)).toEqual(number);
  });

  it.each([
    // After an ungrouped number a year is more likely a birth year than the number's last group.
    ['MRN: 12345 1990', { identifier: '12345', birthdate: '1990' }, '12345 1990,123451990'],
    ['NHS 943 476 1990', '943 476 1990,9434761990', { birthdate: '1990' }],
  ])('allows both readings of a year after a number: %s', (text, ...expected) => {
    const readings = read(text).readings.map(({ params }) => params);
    for (const [at, one] of expected.entries()) {
      expect(readings[at]).toMatchObject(typeof one === 'string' ? { identifier: one } : one);
    }
  });

  it.each(['MRN 12345 22-12-01', 'Tel 0632 960001 22.12.01'])(
    'asks for the century of a two-digit year after a number: %s',
    (text) => {
      const { readings, ask } = read(text);
      expect(ask).toBe(true);
      expect(readings.map((r) => r.birthDate)).toEqual(['1901-12-22', '2001-12-22']);
    },
  );

  it('does not make a nonexistent date part of the number before it', () => {
    expect(read('MRN 12345 31-02-2001')).toMatchObject({ ask: true, impossibleDate: '31-02-2001' });
  });

  it.each([
    ['MRN 123 NHS 943 476 5919', { identifier: ['943 476 5919,9434765919', '123'] }],
    ['Smith 12345 MRN 999', { name: ['Smith'], identifier: ['12345', '999'] }],
    ['Smith MRN AB12 C34 D56', { name: ['Smith'], identifier: 'AB12 C34 D56,AB12C34D56' }],
    ['MRN 555 Müller AB12', { name: ['Müller'], identifier: ['AB12', '555'] }],
    ['tel 555 1234 mobile 777 7654', { phone: ['777 7654,7777654', '555 1234,5551234'] }],
    ['MRN 123 ID 123', { identifier: ['123'] }],
  ])('may occur twice, and then both numbers are searched for: %s', (text, expected) => {
    expect(first(text)).toEqual(expected);
  });

  it.each([
    ['Born Smith', ['Born', 'Smith,Born Smith']],
    [
      'Müller geb. Schmidt',
      ['Müller', 'geb.,Müller geb.', 'Schmidt,geb. Schmidt,Müller geb. Schmidt'],
    ],
    ['Handy', ['Handy']],
    ['Mobil Tell', ['Mobil', 'Tell,Mobil Tell']],
    ['Osborn', ['Osborn']],
    ['MRN Smith', ['MRN', 'Smith,MRN Smith']],
  ])('is read as part of a name if no number follows: %s', (text, name) => {
    expect(read(text).readings.map((r) => r.params)).toEqual([{ name }]);
  });

  it.each([
    ['DOB 31/02/2001', '31/02/2001'],
    ['born 30 Feb 2001', '30 Feb 2001'],
    ['geb. 31.02.2001', '31.02.2001'],
    ['*31.02.2001', '31.02.2001'],
    ['Smith, DOB: 31/02/2001', '31/02/2001'],
    ['DOB 31022001', '31/02/2001'],
    ['31/02/2001', '31/02/2001'],
  ])('does not turn a nonexistent date into a number: %s', (text, impossibleDate) => {
    expect(read(text)).toMatchObject({ ask: true, impossibleDate });
  });

  it('does not decide whether the day or the month comes first', () => {
    const { readings, ask } = read('DOB 3/4/1960');
    expect(ask).toBe(true);
    expect(readings.map((r) => r.birthDate)).toEqual(['1960-04-03', '1960-03-04']);
  });
});

/** Examples of labels in each language, which are not in the message catalogues. */
const EXAMPLES: Record<(typeof LANGUAGES)[number], readonly string[]> = {
  en: ['patient number 12345', 'phone 555 1234', 'mail ann@example.org', 'born 22-12-2001'],
  de: ['Aktennummer 12345', 'Handy 555 1234', 'E-Mail ann@example.org', 'geboren 22-12-2001'],
  el: [
    'αρ. μητρώου 12345',
    'τηλέφωνο 555 1234',
    'ηλ. ταχυδρομείο ann@example.org',
    'γεν. 22-12-2001',
  ],
  he: ['מספר חולה 12345', 'טלפון 555 1234', 'אימייל ann@example.org', 'ילידת 22-12-2001'],
};

describe('labels of every language', () => {
  it.each(LANGUAGES)('are recognised: %s', (language) => {
    expect(EXAMPLES[language]?.map(first)).toEqual([
      { identifier: '12345' },
      { phone: '555 1234,5551234' },
      { email: 'ann@example.org' },
      { birthdate: '2001-12-22' },
    ]);
  });
});
