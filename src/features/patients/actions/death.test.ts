import type { Patient } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import { splitDate } from '../form/fields/date-parts.ts';
import { deathBetween, saysDeath, withDeath, type Death } from './death.ts';

const patient = (said: Partial<Patient> = {}): Patient => ({ resourceType: 'Patient', ...said });
const alive = patient();
const dead = patient({ deceasedBoolean: true });
const dated = {
  ...patient({ deceasedDateTime: '2026-11-20T10:15:00+01:00' }),
  _deceasedDateTime: { extension: [{ url: 'u', valueString: 'v' }] },
};
const yes: Death = { kind: 'yes', date: splitDate(undefined), again: false };
const on = (date: string, again = false): Death => ({ kind: 'date', date: splitDate(date), again });
const no: Death = { ...yes, kind: 'no', again: true };

describe('recording a death', () => {
  test.each<[string, Patient, Death, boolean]>([
    ['death wanted, none recorded (no)', alive, yes, false],
    ['death wanted, death recorded (yes)', dead, yes, true],
    ['death wanted, death with a date recorded (yes)', dated, yes, true],
    ['date wanted, the same day recorded (yes)', dated, on('2026-11-20'), true],
    ['date wanted, another day recorded (no)', dated, on('2026-11-19'), false],
    ['month wanted, a full date recorded (no)', dated, on('2026-11'), false],
    ['date wanted, death without a date recorded (no)', dead, on('2026-11-20'), false],
    ['removal of the date wanted, date recorded (no)', dated, { ...yes, again: true }, false],
    [
      'removal of the date wanted, death without a date recorded (yes)',
      dead,
      { ...yes, again: true },
      true,
    ],
    ['removal of the date wanted, no death recorded (no)', alive, { ...yes, again: true }, false],
    ['removal of the death wanted, none recorded (yes)', alive, no, true],
    [
      'removal of the death wanted, deceasedBoolean is false (yes)',
      patient({ deceasedBoolean: false }),
      no,
      true,
    ],
    ['removal of the death wanted, death recorded (no)', dated, no, false],
  ])('record already has the wanted death state: %s', (_, record, death, said) => {
    expect(saysDeath(record, death)).toBe(said);
  });

  test('keeps the recorded time of day and its extensions when the wanted day is the same', () => {
    expect(withDeath(dated, yes)).toBe(dated);
    expect(withDeath(dated, on('2026-11-20', true))).toBe(dated);
  });

  test('writes the death when the record does not have it yet', () => {
    expect(withDeath(alive, yes)).toEqual(dead);
    expect(withDeath(dead, on('2026-11'))).toEqual(patient({ deceasedDateTime: '2026-11' }));
    expect(withDeath(dead, no)).toEqual(patient({ deceasedBoolean: false }));
  });
});

test('tells a death that another user recorded or removed meanwhile from other changes', () => {
  expect(deathBetween(alive, { ...alive, gender: 'other' })).toBe('else');
  expect(deathBetween(alive, patient({ deceasedBoolean: false }))).toBe('else');
  expect(deathBetween(alive, dead)).toBe('theirs');
  expect(deathBetween(alive, dated)).toBe('theirs');
  expect(deathBetween(dead, dated)).toBe('theirs');
  expect(deathBetween(dated, alive)).toBe('taken-away');
});
