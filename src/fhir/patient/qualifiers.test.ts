import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absentEntries, guessedParts, notVerifiedNumbers, registeredGender } from './qualifiers.ts';

const absent = (valueCode: string) => ({
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode }],
});

describe('qualifiers of values', () => {
  it('guessedParts returns the estimated and unknown parts of a birth date', () => {
    const url = 'http://hl7.org.au/fhir/StructureDefinition/date-accuracy-indicator';
    const born = (code: string) =>
      guessedParts({ _birthDate: { extension: [{ url, valueCoding: { code } }] } });
    expect(born('UEA')).toEqual({ unknown: ['day'], estimated: ['month'] });
    expect(born('UUU').unknown).toEqual(['day', 'month', 'year']);
    expect(born('AAA')).toEqual({ unknown: [], estimated: [] });
    expect(guessedParts({ birthDate: '1920' })).toEqual({ unknown: [], estimated: [] });
  });

  it('notVerifiedNumbers returns the status of NHS numbers that are not verified', () => {
    const url =
      'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus';
    const nhs = (coding: object, at = url) =>
      notVerifiedNumbers({
        identifier: [
          { value: '1', extension: [{ url: at, valueCodeableConcept: { coding: [coding] } }] },
          { value: '2' },
        ],
      }).get('1');
    const display = 'Number present but not traced';
    expect(nhs({ code: 'number-present-but-not-traced', display })).toBe(display);
    expect(nhs({ code: 'trace-required' })).toBe('trace required');
    const older =
      'https://fhir.hl7.org.uk/STU3/StructureDefinition/Extension-CareConnect-GPC-NHSNumberVerificationStatus-1';
    expect(nhs({ code: '02', display }, older)).toBe(display);
    expect(nhs({ code: '01', display: 'Number present and verified' }, older)).toBeUndefined();
    expect(nhs({ code: 'number-present-and-verified' })).toBeUndefined();
    expect(notVerifiedNumbers({ identifier: [{ value: '1' }] }).size).toBe(0);
  });

  it('registeredGender reads the gender of the German register', () => {
    const url = 'http://fhir.de/StructureDefinition/gender-amtlich-de';
    const of = (code: string, gender = 'other') =>
      registeredGender({ gender, _gender: { extension: [{ url, valueCoding: { code } }] } });
    expect([of('D'), of('X'), of('M'), of('D', 'male')]).toEqual([
      'divers',
      'unbestimmt',
      undefined,
      undefined,
    ]);
  });

  it('absentEntries returns withheld entries, but not entries that are empty', () => {
    const telecom = [
      { system: 'phone', use: 'home', _value: absent('masked') },
      { system: 'email', ...absent('asked-declined') },
      { system: 'phone', value: '1', _value: absent('masked') },
      { system: 'phone' },
    ];
    expect(absentEntries({ telecom }, 'telecom')).toEqual([
      { reason: 'masked', entry: telecom[0] },
      { reason: 'asked-declined', entry: telecom[1] },
    ]);
    const address = [
      { use: 'home', _line: [absent('masked')] },
      { city: 'York', ...absent('masked') },
    ];
    expect(absentEntries({ address }, 'address')).toEqual([
      { reason: 'masked', entry: address[0] },
    ]);
  });

  it('no reader of a qualifier ever throws', () => {
    fc.assert(
      fc.property(fc.anything(), (x) => {
        guessedParts(x);
        guessedParts({ _birthDate: x });
        notVerifiedNumbers({ identifier: x });
        notVerifiedNumbers({ identifier: { value: '1', extension: x } });
        registeredGender({ gender: 'other', _gender: x });
        absentEntries({ telecom: x, address: [x] }, 'telecom');
        absentEntries({ telecom: x, address: [x] }, 'address');
      }),
    );
  });
});
