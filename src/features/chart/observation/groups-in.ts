import { groupsOf, type Groups } from '#fhir/observation/observation-groups.ts';
import type { Came, Find } from '../panel.ts';

const known = new WeakMap<Came, Groups>();

/** Returns how the results of a response belong together, computed once for all its rows. */
export function groupsIn(find: Find, came: Came = []): Groups {
  const groups = known.get(came) ?? groupsOf(came, find);
  known.set(came, groups);
  return groups;
}
