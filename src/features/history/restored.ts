import type { Patient } from 'fhir/r4';

/**
 * An old version as it is saved again. `meta` is the server's own, but labels such as "restricted"
 * must not come off by the way: those of the present record stay.
 *
 * @param current undefined where the record was deleted: then it gets the labels that it had
 */
export function restored(version: Patient, current: Patient | undefined): Patient {
  const { meta: own, ...old } = version;
  const meta = current ? current.meta : own;
  const labels = {
    ...(meta?.profile && { profile: meta.profile }),
    ...(meta?.security && { security: meta.security }),
    ...(meta?.tag && { tag: meta.tag }),
  };
  return { ...old, ...(Object.keys(labels).length > 0 && { meta: labels }) };
}
