import * as fc from 'fast-check';
import type { Patient } from 'fhir/r4';
import { expect, test } from 'vitest';
import { exactText } from '#fhir/changes/exact-text.ts';
import { isRecord } from '#lib/narrow.ts';
import { fromPatient } from './from-patient.ts';
import { edits, patients } from './patient-arbitraries.ts';
import { toPatient } from './to-patient.ts';

/* One value in many spellings, so that only the position tells which spelling belongs where. */
const SPELLINGS = ['47.5', '47.50', '47.500', '4.75E1', '475e-1', '0.4750e2'];

/** Returns JSON of the patient with a decimal in every list element, each in its own spelling. */
function withDecimals(patient: Patient): string {
  let n = 0;
  const decimal = () => ({ url: `https://d.example/${(n += 1)}`, valueDecimal: 47.5 });
  const lists = Object.entries(patient).map(([key, value]: [string, unknown]) => [
    key,
    Array.isArray(value)
      ? value.map((item: unknown) =>
          isRecord(item)
            ? { ...item, extension: [...((item['extension'] as unknown[]) ?? []), decimal()] }
            : item,
        )
      : value,
  ]);
  return JSON.stringify(Object.fromEntries(lists)).replace(
    /(d\.example\/(\d+)","valueDecimal":)47\.5/g,
    (_, before: string, at: string) => before + (SPELLINGS[Number(at) % SPELLINGS.length] ?? ''),
  );
}

const spelt = (text: string) =>
  [...text.matchAll(/d\.example\/(\d+)","valueDecimal":([^}]*)\}/g)].map(([, at, as]) => ({
    at,
    as,
  }));

test('keeps the spelling of every remaining decimal, whatever is edited', () => {
  fc.assert(
    fc.property(
      patients,
      fc.array(edits, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('name', 'identifier', 'telecom', 'address', 'contact'),
      (patient, changes, field) => {
        const text = withDecimals(patient);
        const base = JSON.parse(text) as Patient;
        const before = fromPatient(base);
        const after = structuredClone(before);
        for (const change of changes) change.apply(after);
        after[field].splice(0, 1);
        const { patient: built } = toPatient(base, before, after);
        const sent = exactText(text, built);
        expect(JSON.parse(sent)).toEqual(JSON.parse(JSON.stringify(built)));
        const was = spelt(text);
        for (const one of spelt(sent)) expect(was).toContainEqual(one);
      },
    ),
    { numRuns: 60 },
  );
});
