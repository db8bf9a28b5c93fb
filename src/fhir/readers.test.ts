import * as fc from 'fast-check';
import { describe, it } from 'vitest';
import { addresses } from './patient/addresses.ts';
import { patientAge } from './patient/age.ts';
import { readCapability } from './permissions/capability.ts';
import { caveats } from './caveats/caveats.ts';
import { conceptText } from './values/coding.ts';
import { referenceIn } from './values/contained.ts';
import { duplicateSearches } from './duplicates/duplicates.ts';
import { measurements } from './observation/observation.ts';
import { readIssues } from './outcome.ts';
import { displayName } from './patient/names.ts';
import {
  careProviders,
  contacts,
  genderRows,
  interpreterRequired,
  languages,
  patientLinks,
} from './patient/patient-details.ts';
import { identifiers, patientStatus, telecoms } from './patient/patient.ts';
import { isModified } from './caveats/modifiers.ts';
import { localReference } from './reference.ts';
import { safeHref } from './safe-url.ts';
import { similarRows } from './duplicates/similar.ts';
import { choiceText, formatPeriod, formatQuantity, formatRange } from './values/values.ts';

const DAY = '2026-11-22';

describe('every reader of FHIR data', () => {
  it('never throws, whatever the data', async () => {
    const readers: ((x: unknown) => unknown)[] = [
      patientStatus,
      (x) => displayName(x as { name?: unknown }, DAY),
      (x) => patientAge(x, new Date(`${DAY}T12:00:00Z`)),
      caveats,
      (x) => patientLinks(x, 'https://fhir.example.org'),
      careProviders,
      (x) => identifiers(x, DAY),
      telecoms,
      addresses,
      contacts,
      languages,
      genderRows,
      interpreterRequired,
      measurements,
      conceptText,
      formatQuantity,
      formatRange,
      formatPeriod,
      readIssues,
      safeHref,
      localReference,
      isModified,
      (x) => referenceIn(x, { reference: '#a' }),
      duplicateSearches,
      (x) => choiceText(x, 'value'),
      (x) => readCapability(x).operation('Patient', 'x'),
      (x) =>
        similarRows([
          { id: 'a', name: x } as { id: string },
          { id: 'b', name: x } as { id: string },
        ]),
    ];
    const field = fc.constantFrom(
      'name',
      'identifier',
      'telecom',
      'address',
      'meta',
      'security',
      'link',
      'contact',
      'contained',
      'modifierExtension',
      'extension',
      'coding',
      'value',
      'valueQuantity',
      'component',
      'rest',
      'resource',
      'issue',
      'family',
      'given',
      'period',
      'birthDate',
      'deceasedDateTime',
      'generalPractitioner',
      'managingOrganization',
      'other',
      'reference',
      'text',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.anything(), fc.dictionary(field, fc.anything({ key: field, maxDepth: 3 }))),
        async (value) => {
          for (const reader of readers) await reader(value);
        },
      ),
      { numRuns: 300 },
    );
  });
});
