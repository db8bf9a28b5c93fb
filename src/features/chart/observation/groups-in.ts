import { groupsOf, type Groups } from '#fhir/observation/observation-groups.ts';
import type { Came, Find } from '../panel.ts';

const known = new WeakMap<Came, Groups>();

/** How the results of one answer belong together, worked out once for all its rows. */
export function groupsIn(find: Find, came: Came = []): Groups {
  const groups = known.get(came) ?? groupsOf(came, find);
  known.set(came, groups);
  return groups;
}
