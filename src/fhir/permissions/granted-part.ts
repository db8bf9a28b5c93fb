import { resourceScopes, type Action } from './scopes.ts';
import type { ResourceType, SearchParams } from '../types.ts';

type Filter = readonly (readonly [name: string, values: string])[];

/** Returns the code of a search token without its system, such as `vital-signs`. */
const codeOf = (token: string): string => token.slice(token.lastIndexOf('|') + 1);

/** Whether two search tokens may be equal; a token without a system matches any system. */
function sameToken(a: string, b: string): boolean {
  const whole = a.includes('|') && b.includes('|');
  return whole ? a === b : codeOf(a) === codeOf(b);
}

/** Whether a searched token is among the values of a filter. */
const allows = (values: string, token: string): boolean =>
  values.split(',').some((other) => sameToken(token, other));

const wantedOf = (asked: SearchParams, name: string): readonly string[] | undefined => {
  const wanted = asked[name];
  return typeof wanted === 'string' ? wanted.split(',') : undefined;
};

/** Whether a filter covers everything that a search asks for. */
const covers = (filter: Filter, asked: SearchParams): boolean =>
  filter.every(([name, values]) => wantedOf(asked, name)?.every((token) => allows(values, token)));

/** Whether several filters of one parameter together cover a search, because scopes add up. */
function coverTogether(filters: readonly Filter[], asked: SearchParams): boolean {
  const single = filters.flatMap((filter) => (filter.length === 1 ? filter : []));
  return single.some(([name]) =>
    wantedOf(asked, name)?.every((token) =>
      single.some(([other, values]) => other === name && allows(values, token)),
    ),
  );
}

/**
 * Returns the part of a type to which finer-grained scopes limit a search. The server then leaves
 * out the other matches without saying so.
 *
 * @returns a text per scope, such as `category vital-signs`; empty if the search is not limited
 * @see https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#finer-grained-resource-constraints-using-search-parameters
 */
export function grantedPart(
  scopes: readonly string[] | undefined,
  type: ResourceType,
  action: Action,
  asked: SearchParams = {},
): readonly string[] {
  const about = resourceScopes(scopes).filter(
    (s) => (s.type === '*' || s.type === type) && s.actions.includes(action),
  );
  const filters = about.map(({ filter = '' }): Filter => [...new URLSearchParams(filter)]);
  if (filters.some((filter) => covers(filter, asked)) || coverTogether(filters, asked)) return [];
  const words = filters.map((filter) =>
    filter.map(([name, values]) => `${name} ${values.split(',').map(codeOf).join(', ')}`).join(' '),
  );
  return [...new Set(words)];
}
