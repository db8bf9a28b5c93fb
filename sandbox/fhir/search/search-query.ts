import type { OperationOutcomeIssue } from 'fhir/r4';
import type { Behaviour } from '../faults/modes.ts';
import { issue, problem } from '../outcome.ts';
import { isResourceType } from '../resource-types.ts';
import { matcher, modifiers, splitValue, type Matcher } from './search-match.ts';
import { searchParametersOf } from './search-parameters.ts';

/** A condition on one parameter: any of the matchers must accept (or, negated, none). */
export interface Filter {
  name: string;
  matchers: Matcher[];
  negated: boolean;
  exact: boolean;
  /** Set for `:missing`: whether the value must be absent. */
  missing?: boolean;
  /** Set for `_has`: a resource of `type` refers here by `reference`, and the filter is for it. */
  has?: { type: string; reference: string };
}

export interface SortKey {
  name: string;
  descending: boolean;
}

/** A search as the server understood it. */
export interface SearchQuery {
  type: string;
  filters: Filter[];
  sort: SortKey[];
  count: number;
  total: 'none' | 'accurate';
  summary: 'count' | 'true' | 'text' | 'data' | 'false';
  elements: string[];
  includes: string[];
  revincludes: string[];
  /** Opaque continuation token of the request. */
  continuation: string | undefined;
  /** The parameters that were applied, for the `self` link. */
  applied: [name: string, value: string][];
  /** Issues about ignored parameters and values. */
  issues: OperationOutcomeIssue[];
}

export interface QueryContext {
  behaviour: Behaviour;
  handling: 'lenient' | 'strict';
}

/** Parameters that do not change the result and are skipped without a warning. */
const silent = new Set(['_format', '_pretty', '_getpagesoffset', '_bundletype']);

/**
 * Reads search parameters. Unknown ones are dropped with a warning, or, under strict handling,
 * refused. Throws FhirProblem 400 for invalid values, 403 for a refused `_total=estimate`.
 *
 * @see https://hl7.org/fhir/R4/search.html
 */
export function parseSearch(
  type: string,
  entries: Iterable<[string, string]>,
  context: QueryContext,
): SearchQuery {
  const { behaviour } = context;
  const query: SearchQuery = {
    type,
    filters: [],
    sort: [],
    count: behaviour.defaultCount,
    total: behaviour.totalByDefault ? 'accurate' : 'none',
    summary: 'false',
    elements: [],
    includes: [],
    revincludes: [],
    continuation: undefined,
    applied: [],
    issues: [],
  };
  for (const [key, value] of entries) {
    if (silent.has(key)) continue;
    if (key === 'ct') {
      query.continuation = value;
      continue;
    }
    const unknown = readParameter(query, key, value, context);
    if (unknown === undefined) query.applied.push([key, value]);
    else if (context.handling === 'strict') throw problem(400, 'not-supported', unknown);
    else query.issues.push(issue('warning', 'not-supported', unknown));
  }
  return query;
}

/** Adds a parameter to the query. Returns the reason when the parameter is not supported. */
function readParameter(
  query: SearchQuery,
  key: string,
  value: string,
  context: QueryContext,
): string | undefined {
  switch (key) {
    case '_count':
      readCount(query, value, context.behaviour);
      return undefined;
    case '_total':
      readTotal(query, value, context.behaviour);
      return undefined;
    case '_summary':
      if (!/^(count|true|text|data|false)$/.test(value))
        throw problem(400, 'invalid', `Invalid _summary: ${value}`);
      query.summary = value as SearchQuery['summary'];
      return undefined;
    case '_elements':
      query.elements.push(...value.split(','));
      return undefined;
    case '_sort':
      return readSort(query, value, context.behaviour);
    case '_include':
    case '_include:iterate':
      return readInclude(query.includes, value);
    case '_revinclude':
      return readInclude(query.revincludes, value);
    default:
      return readFilter(query, key, value, context.behaviour);
  }
}

function readCount(query: SearchQuery, value: string, behaviour: Behaviour): void {
  if (!/^\d+$/.test(value)) throw problem(400, 'invalid', `Invalid _count: ${value}`);
  const asked = Number(value);
  query.count = Math.min(asked, behaviour.maxCount);
  if (asked === 0) query.summary = 'count';
  if (asked > behaviour.maxCount) {
    const text = `The requested "_count" of ${asked} exceeds the maximum of ${behaviour.maxCount}, which was used.`;
    query.issues.push(issue('information', 'informational', text));
  }
}

function readTotal(query: SearchQuery, value: string, behaviour: Behaviour): void {
  if (value === 'estimate' && behaviour.refuseEstimate) {
    throw problem(
      403,
      'not-supported',
      'The search parameter "_total" does not support "estimate".',
    );
  }
  if (!/^(none|accurate|estimate)$/.test(value))
    throw problem(400, 'invalid', `Invalid _total: ${value}`);
  query.total = value === 'none' ? 'none' : 'accurate';
}

function readSort(query: SearchQuery, value: string, behaviour: Behaviour): string | undefined {
  const keys = value
    .split(',')
    .map((part) => ({ name: part.replace(/^-/, ''), descending: part.startsWith('-') }));
  if (behaviour.unsupported.has(`${query.type}._sort`)) return 'Sorting is not supported.';
  const table = searchParametersOf(query.type);
  const bad = keys.find(
    (key) => !table[key.name]?.sortable || behaviour.unsupported.has(`${query.type}.${key.name}`),
  );
  if (bad)
    return `Sorting by the "${bad.name}" parameter is not supported. The results are not sorted.`;
  if (behaviour.singleSortKey && keys.length > 1) {
    return 'Sorting by more than one parameter is not supported. The results are not sorted.';
  }
  query.sort = keys;
  return undefined;
}

function readInclude(list: string[], value: string): string | undefined {
  const [type = '', name = ''] = value.split(':');
  if (name !== '*' && searchParametersOf(type)[name]?.type !== 'reference')
    return `Including "${value}" is not supported.`;
  list.push(value);
  return undefined;
}

function readFilter(
  query: SearchQuery,
  key: string,
  value: string,
  behaviour: Behaviour,
): string | undefined {
  const [first = '', type = '', reference = '', ...rest] = key.split(':');
  if (first === '_has') {
    if (!isResourceType(type) || searchParametersOf(type)[reference]?.type !== 'reference') {
      return `The reverse chained search "${key}" is not supported.`;
    }
    const filter = makeFilter(type, rest.join(':'), value, behaviour);
    if (typeof filter === 'string') return filter;
    query.filters.push({ ...filter, has: { type, reference } });
    return undefined;
  }
  const filter = makeFilter(query.type, key, value, behaviour);
  if (typeof filter === 'string') return filter;
  const { name, matchers } = filter;
  const again = query.filters.some((other) => other.name === name);
  if (
    query.type === 'Patient' &&
    behaviour.singleValued.has(name) &&
    (again || matchers.length > 1)
  )
    throw problem(400, 'value', `${name} may be provided exactly once, with a single value`);
  query.filters.push(filter);
  return undefined;
}

function makeFilter(
  type: string,
  key: string,
  value: string,
  behaviour: Behaviour,
): Filter | string {
  const [name = '', modifier] = key.split(':');
  const table = searchParametersOf(type);
  const parameter = Object.hasOwn(table, name) ? table[name] : undefined;
  if (!parameter || behaviour.unsupported.has(`${type}.${name}`)) {
    return `The search parameter "${name}" is not supported for resource type "${type}".`;
  }
  if (modifier !== undefined && !modifiers[parameter.type].includes(modifier)) {
    return `The modifier "${modifier}" is not supported for search parameter "${name}".`;
  }
  const base = { name, matchers: [], negated: modifier === 'not', exact: modifier === 'exact' };
  if (modifier === 'missing') {
    if (value !== 'true' && value !== 'false')
      throw problem(400, 'invalid', `Invalid value for "${key}": ${value}`);
    return { ...base, missing: value === 'true' };
  }
  const matchers = splitValue(value, ',').map((one) => {
    const match = one === '' ? undefined : matcher(parameter.type, modifier, one);
    if (!match)
      throw problem(400, 'invalid', `Invalid value "${one}" for search parameter "${name}".`);
    return match;
  });
  return { ...base, matchers };
}
