import type { Patient, PatientLink } from 'fhir/r4';

/** Two records say it of one another: it is never changed in one of them alone. */
const isMerge = ({ type }: PatientLink): boolean => type === 'replaces' || type === 'replaced-by';

/**
 * An old version as it is saved again. `meta` is the server's own, but labels such as "restricted"
 * must not come off by the way: those of the present record stay, and so does which records it
 * replaces.
 *
 * @param current undefined where the record was deleted: then it gets the labels that it had
 */
export function restored(version: Patient, current: Patient | undefined): Patient {
  const { meta: own, link, ...old } = version;
  const meta = current ? current.meta : own;
  const labels = {
    ...(meta?.profile && { profile: meta.profile }),
    ...(meta?.security && { security: meta.security }),
    ...(meta?.tag && { tag: meta.tag }),
  };
  const links = current
    ? [
        ...(link ?? []).filter((each) => !isMerge(each)),
        ...(current.link ?? []).filter((each) => isMerge(each)),
      ]
    : (link ?? []);
  return {
    ...old,
    ...(links.length > 0 && { link: links }),
    ...(Object.keys(labels).length > 0 && { meta: labels }),
  };
}
