import type { FhirResource } from 'fhir/r4';
import type { StoredResource } from '../resource-types.ts';
import type * as v from './search-values.ts';

/** A search parameter: its type, and how its values are read from a resource. */
export interface SearchParameter {
  type: 'string' | 'token' | 'date' | 'reference';
  values(resource: StoredResource): v.IndexValue[];
  sortable?: boolean;
}

export type ParameterTable = Readonly<Record<string, SearchParameter>>;

type Extract<R> = (resource: R) => v.IndexValue[];

/** Returns the parameters of one resource type; the extractors are typed for that type. */
export function parameters<R extends FhirResource>(
  table: Record<
    string,
    readonly [type: SearchParameter['type'], values: Extract<R>, sort?: 'sort']
  >,
): ParameterTable {
  const result: Record<string, SearchParameter> = {};
  for (const [name, [type, values, sort]] of Object.entries(table)) {
    // Safe, because tables are looked up by resource type: an extractor gets only its own type.
    result[name] = {
      type,
      values: (resource) => values(resource as unknown as R),
      sortable: sort === 'sort',
    };
  }
  return result;
}
