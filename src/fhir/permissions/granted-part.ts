import { parseScope, type Action } from './scopes.ts';
import type { ResourceType, SearchParams } from '../types.ts';

type Filter = readonly (readonly [name: string, values: string])[];

/** `http://…|vital-signs` without its system: what a person can read of a token. */
const codeOf = (token: string): string => token.slice(token.lastIndexOf('|') + 1);

/** Whether two search tokens may mean the same: a search need not name the system. */
function sameToken(a: string, b: string): boolean {
  const whole = a.includes('|') && b.includes('|');
  return whole ? a === b : codeOf(a) === codeOf(b);
}

/** Whether a value that a search asks for lies within one value of a filter. */
const allows = (values: string, token: string): boolean =>
  values.split(',').some((other) => sameToken(token, other));

const wantedOf = (asked: SearchParams, name: string): readonly string[] | undefined => {
  const wanted = asked[name];
  return typeof wanted === 'string' ? wanted.split(',') : undefined;
};

/** Whether all that a search asks for lies within a filter. */
const covers = (filter: Filter, asked: SearchParams): boolean =>
  filter.every(([name, values]) => wantedOf(asked, name)?.every((token) => allows(values, token)));

/** Whether several filters of one parameter allow together what none does alone: scopes add up. */
function coverTogether(filters: readonly Filter[], asked: SearchParams): boolean {
  const single = filters.flatMap((filter) => (filter.length === 1 ? filter : []));
  return single.some(([name]) =>
    wantedOf(asked, name)?.every((token) =>
      single.some(([other, values]) => other === name && allows(values, token)),
    ),
  );
}

/**
 * What alone was granted of a type, where the scopes for it are finer than the search that is made:
 * the server then leaves out the rest of the answer without a word.
 *
 * @returns a text for each scope, such as `category vital-signs`; empty where nothing is left out
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#finer-grained-resource-constraints-using-search-parameters
 */
export function grantedPart(
  scopes: readonly string[] | undefined,
  type: ResourceType,
  action: Action,
  asked: SearchParams = {},
): readonly string[] {
  const about = (scopes ?? [])
    .map(parseScope)
    .filter((scope) => scope !== undefined)
    .filter((s) => (s.type === '*' || s.type === type) && s.actions.includes(action));
  const filters = about.map(({ filter = '' }): Filter => [...new URLSearchParams(filter)]);
  if (filters.some((filter) => covers(filter, asked)) || coverTogether(filters, asked)) return [];
  const words = filters.map((filter) =>
    filter.map(([name, values]) => `${name} ${values.split(',').map(codeOf).join(', ')}`).join(' '),
  );
  return [...new Set(words)];
}
