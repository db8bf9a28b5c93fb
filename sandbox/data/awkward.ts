import type { Patient } from 'fhir/r4';
import { awkwardDates } from './awkward-dates.ts';
import { awkwardNames } from './awkward-names.ts';
import { awkwardRecords } from './awkward-records.ts';
import { addDays, instant } from './calendar.ts';
import { concept, systems } from './codes.ts';
import { mrnSystem } from './patients.ts';
import { organizationReference, organizations } from './places.ts';
import type { Shape } from './shape.ts';

/** Returns the awkward patients. The ids, `awkward-` and the name of the trouble, never change. */
export function awkwardPatients(now: string): Patient[] {
  const shapes = { ...awkwardNames(now), ...awkwardDates(now), ...awkwardRecords() };
  const managing = organizations[0];
  return Object.entries(shapes).map(([key, shape], index) => ({
    resourceType: 'Patient',
    id: `awkward-${key}`,
    ...(key === 'bare' || key === 'no-contact'
      ? {}
      : {
          identifier: [
            {
              use: 'usual' as const,
              type: concept(systems.identifierType, 'MR', 'Medical record number'),
              system: mrnSystem,
              value: `RGH8${String(index).padStart(5, '0')}`,
            },
          ],
          ...(managing ? { managingOrganization: organizationReference(managing) } : {}),
        }),
    ...withoutEmpty(shape),
    meta: { versionId: '1', lastUpdated: instant(addDays(now, -400 + index), 9), ...shape.meta },
  }));
}

const withoutEmpty = (shape: Shape): Shape =>
  Object.fromEntries(
    Object.entries(shape).filter(([, value]) => !(Array.isArray(value) && value.length === 0)),
  );
