import * as fc from 'fast-check';
import type { Patient } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import { fromPatient } from './from-patient.ts';
import { edits, name, patients, word, type Json } from './patient-arbitraries.ts';
import { isChanged, toPatient } from './to-patient.ts';

const without = (patient: object, keys: readonly string[]): Json =>
  Object.fromEntries(Object.entries(patient).filter(([key]) => !keys.includes(key)));

/** Child elements of a contact that an edit of each cell may change. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  family: ['name'],
  given: ['name'],
  phone: ['telecom'],
  email: ['telecom'],
  relationship: ['relationship'],
  gender: ['gender'],
  organization: ['organization'],
  line: ['address'],
  city: ['address'],
  country: ['address'],
  start: ['period'],
  end: ['period'],
};

describe('toPatient changes only edited elements', () => {
  test('an unedited form gives back the same patient', () => {
    fc.assert(
      fc.property(patients, (patient) => {
        const form = fromPatient(patient);
        const built = toPatient(patient, form, structuredClone(form));
        expect(built.patient).toEqual(patient);
        expect(isChanged(patient, built)).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  test('a single edit leaves all other elements unchanged', () => {
    fc.assert(
      fc.property(patients, edits, (patient, edit) => {
        const before = fromPatient(patient);
        const after = structuredClone(before);
        edit.apply(after);
        const { patient: sent } = toPatient(patient, before, after);
        expect(without(sent, edit.touches)).toEqual(without(patient, edit.touches));
      }),
      { numRuns: 150 },
    );
  });

  test('an edited name keeps elements that the form does not show, and the other names', () => {
    fc.assert(
      fc.property(
        fc.array(name, { minLength: 1, maxLength: 4 }),
        fc.nat(3),
        word,
        (names, at, family) => {
          const patient = JSON.parse(
            JSON.stringify({
              resourceType: 'Patient',
              name: names.map((n) => ({ ...n, given: ['Ann'] })),
            }),
          ) as Patient;
          const before = fromPatient(patient);
          const after = structuredClone(before);
          const row = after.name[at % after.name.length];
          if (!row) return;
          row.family = family;
          const { patient: sent } = toPatient(patient, before, after);
          const expected = structuredClone(patient) as unknown as { name: Json[] };
          const edited = expected.name[row.source] ?? {};
          if (edited['family'] !== family) {
            edited['family'] = family;
            delete edited['text'];
          }
          expect(sent.name).toEqual(expected.name);
        },
      ),
    );
  });

  test('an edited contact person keeps all other parts and all other telecoms', () => {
    const cells = fc.constantFrom(...Object.keys(PARTS));
    fc.assert(
      fc.property(patients, fc.nat(3), cells, word, (patient, at, cell, value) => {
        const before = fromPatient(patient);
        const after = structuredClone(before);
        const row = after.contact[at % Math.max(after.contact.length, 1)];
        if (!row) return;
        (row as unknown as Json)[cell] = value;
        const { patient: sent } = toPatient(patient, before, after);
        const was = patient.contact?.[row.source] as unknown as Json;
        const kept = patient.contact?.filter((_, index) => index !== row.source);
        if (sent.contact?.length !== patient.contact?.length) {
          expect(sent.contact ?? []).toEqual(kept); // the edit emptied the contact person
          return;
        }
        const is = sent.contact?.[row.source] as unknown as Json;
        const of = PARTS[cell] ?? [];
        expect(without(is, of)).toEqual(without(was, of));
        expect(sent.contact?.filter((_, index) => index !== row.source)).toEqual(kept);
        if (cell !== 'phone' && cell !== 'email') return;
        const others = (person: Json): unknown[] =>
          ((person['telecom'] ?? []) as Json[]).filter((t) => t['system'] !== cell);
        expect(others(is)).toEqual(others(was));
      }),
      { numRuns: 150 },
    );
  });
});
