import type { FhirResource } from 'fhir/r4';
import type { StoredResource } from '../resource-types.ts';
import type * as v from './search-values.ts';

/** One search parameter: how resources are found by it. */
export interface SearchParameter {
  type: 'string' | 'token' | 'date' | 'reference';
  values(resource: StoredResource): v.IndexValue[];
  sortable?: boolean;
}

export type ParameterTable = Readonly<Record<string, SearchParameter>>;

type Extract<R> = (resource: R) => v.IndexValue[];

/** A table for one resource type; the extractors get that type. */
export function parameters<R extends FhirResource>(
  table: Record<
    string,
    readonly [type: SearchParameter['type'], values: Extract<R>, sort?: 'sort']
  >,
): ParameterTable {
  const result: Record<string, SearchParameter> = {};
  for (const [name, [type, values, sort]] of Object.entries(table)) {
    // The table is looked up by resource type, so the extractor meets only its own.
    result[name] = {
      type,
      values: (resource) => values(resource as unknown as R),
      sortable: sort === 'sort',
    };
  }
  return result;
}
