import type { Group, Patient } from 'fhir/r4';
import { instant } from './calendar.ts';

/** Returns groups for the bulk export: one of the patients with a chart, and an empty one. */
export function groups(charted: readonly Patient[], now: string): Group[] {
  const group = (id: string, name: string, members: readonly Patient[]): Group => ({
    resourceType: 'Group',
    id,
    meta: { versionId: '1', lastUpdated: instant(now, 6) },
    active: true,
    type: 'person',
    actual: true,
    name,
    quantity: members.length,
    ...(members.length > 0
      ? { member: members.map((p) => ({ entity: { reference: `Patient/${p.id}` } })) }
      : {}),
  });
  return [
    group('group-charted', 'Patients with a chart', charted),
    group('group-empty', 'Nobody', []),
  ];
}
