import type { Patient, PatientLink } from 'fhir/r4';

/**
 * Whether a link is part of a merge. Both records contain it, so it must not change in one of them
 * alone.
 */
const isMerge = ({ type }: PatientLink): boolean => type === 'replaces' || type === 'replaced-by';

/**
 * Returns an old version as it is saved again. The server sets `meta`, but labels such as
 * "restricted" must not be lost: the current labels stay, and so do the merge links.
 *
 * @param current undefined if the record was deleted; then it gets its former labels
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
