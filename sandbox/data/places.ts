import type { Location, Organization, Practitioner, PractitionerRole, Reference } from 'fhir/r4';
import { concept, systems } from './codes.ts';

const meta = { versionId: '1', lastUpdated: '2012-01-09T08:00:00.000Z' };

const organization = (id: string, name: string): Organization => ({
  resourceType: 'Organization',
  id,
  meta,
  active: true,
  type: [concept(systems.organizationType, 'prov', 'Healthcare Provider')],
  name,
});

export const organizations: readonly Organization[] = [
  organization('org-riverside', 'Riverside General Hospital'),
  organization('org-hillside', 'Hillside Family Practice'),
  organization('org-harbour', 'Harbour Children’s Clinic'),
];

const practitioner = (
  id: string,
  prefix: string,
  given: string,
  family: string,
  gender: 'female' | 'male',
): Practitioner => ({
  resourceType: 'Practitioner',
  id,
  meta,
  identifier: [{ system: 'https://sandbox.example/practitioner-number', value: id.toUpperCase() }],
  active: true,
  name: [{ use: 'official', family, given: [given], prefix: [prefix] }],
  gender,
});

export const practitioners: readonly Practitioner[] = [
  practitioner('dr-adeyemi', 'Dr', 'Folake', 'Adeyemi', 'female'),
  practitioner('dr-lindqvist', 'Dr', 'Åsa', 'Lindqvist', 'female'),
  practitioner('dr-moreau', 'Dr', 'Étienne', 'Moreau', 'male'),
  practitioner('dr-tanaka', 'Dr', 'Kenji', 'Tanaka', 'male'),
  practitioner('dr-whitfield', 'Dr', 'Margaret', 'Whitfield', 'female'),
  practitioner('nurse-obrien', 'Nurse', 'Siobhán', 'O’Brien', 'female'),
];

const location = (id: string, name: string, managing: Organization): Location => ({
  resourceType: 'Location',
  id,
  meta,
  status: 'active',
  name,
  mode: 'instance',
  managingOrganization: organizationReference(managing),
});

export function organizationReference(o: Organization): Reference {
  return { reference: `Organization/${o.id}`, display: o.name ?? '' };
}

export function practitionerReference(p: Practitioner): Reference {
  const name = p.name?.[0];
  return {
    reference: `Practitioner/${p.id}`,
    display: [...(name?.prefix ?? []), ...(name?.given ?? []), name?.family].join(' '),
  };
}

export const locations: readonly Location[] = organizations.flatMap((o, index) =>
  [
    ['loc-a', 'Ward 3'],
    ['loc-b', 'Outpatients'],
    ['loc-c', 'Emergency Department'],
  ].map(([id, name]) => location(`${id}${index + 1}`, `${name}, ${o.name}`, o)),
);

const role = (
  practitionerId: string,
  organizationId: string,
  code: string,
  words: string,
): PractitionerRole => ({
  resourceType: 'PractitionerRole',
  id: `role-${practitionerId}-${organizationId.replace('org-', '')}`,
  meta,
  active: true,
  // Without `display`, as on most servers, so that the app has to read the practitioner.
  practitioner: { reference: `Practitioner/${practitionerId}` },
  organization: { reference: `Organization/${organizationId}` },
  code: [{ text: words }],
  specialty: [concept(systems.snomed, code, words)],
});

/** The specialty and the organization of some practitioners. */
export const practitionerRoles: readonly PractitionerRole[] = [
  role('dr-whitfield', 'org-hillside', '394814009', 'General practice'),
  role('dr-lindqvist', 'org-hillside', '394814009', 'General practice'),
  role('dr-tanaka', 'org-harbour', '394537008', 'Paediatrics'),
];
