import { list, record, records, text, type Json } from '#lib/narrow.ts';

/** The `TypeRestfulInteraction` codes that this app uses. */
export type Interaction =
  | 'read'
  | 'vread'
  | 'update'
  | 'patch'
  | 'delete'
  | 'history-instance'
  | 'create'
  | 'search-type';

/**
 * Reader of a CapabilityStatement, which is a hint: servers may do more or less than they declare.
 * Methods return undefined if the statement does not say.
 */
export interface Capability {
  readonly fhirVersion: string | undefined;
  /**
   * The FHIR version if this app does not support it, otherwise undefined. R4B (4.3) is supported:
   * it changes no resource that is shown here (https://hl7.org/fhir/R4B/history.html).
   */
  readonly otherVersion: string | undefined;
  /** Name and version of the server's software, such as `HAPI FHIR Server 7.0`. */
  readonly software: string | undefined;
  interaction(type: string, code: Interaction): boolean | undefined;
  searchParam(type: string, name: string): boolean | undefined;
  /** Returns the declared search parameters of a type: name to type (`string`, `date` ...). */
  searchParams(type: string): ReadonlyMap<string, string>;
  /** Whether `searchInclude` of a type lists an `_include`, such as `Encounter:diagnosis`. */
  includes(type: string, what: string): boolean;
  /** Whether an operation, named without `$`, is declared for the type or for the whole system. */
  operation(type: string | undefined, name: string): boolean | undefined;
  /** Whether a system interaction is declared. */
  system(code: 'transaction' | 'batch'): boolean | undefined;
  /** Whether `instantiates` names the Bulk Data guide. */
  readonly bulkData: boolean;
  /** Whether the server versions resources of a type, so that `If-Match` works. */
  versioned(type: string): boolean | undefined;
  readonly conditionalCreate: (type: string) => boolean | undefined;
  readonly types: readonly string[];
}

/** Parameters of every resource type, which many servers support without declaring them. */
const COMMON = ['_id', '_lastUpdated', '_tag', '_security', '_profile'];

/**
 * Whether an operation is among the declared ones, by its name or by the end of its definition, such
 * as `Patient-validate`: servers name some operations as they like. The bulk exports of patients and
 * of a group (`group-export`) are other operations than `export`.
 */
function hasOperation(holder: Json, name: string): boolean {
  return records(holder['operation']).some((o) => {
    const end = text(o['definition'])?.split('/').at(-1) ?? '';
    return (
      text(o['name'])?.replace(/^\$/, '') === name ||
      (end.endsWith(`-${name}`) && !/^(patient|group)-export$/i.test(end))
    );
  });
}

/** Makes the reader of a CapabilityStatement, which may be incomplete or malformed. */
export function readCapability(statement: unknown): Capability {
  const root = record(statement);
  const rests = records(root['rest']);
  const rest = rests.find((r) => r['mode'] === 'server') ?? record(rests[0]);
  const byType = new Map(records(rest['resource']).map((r) => [String(r['type']), r]));
  const silent = byType.size === 0;

  /** Returns the declaration of a type; null if only others are declared, undefined if none are. */
  const of = (type: string): Json | null | undefined =>
    silent ? undefined : (byType.get(type) ?? null);

  const params = (type: string) =>
    new Map(
      [...records(rest['searchParam']), ...records(byType.get(type)?.['searchParam'])].flatMap(
        (p) => {
          const name = text(p['name']);
          return name === undefined ? [] : [[name, text(p['type']) ?? 'special'] as const];
        },
      ),
    );

  const software = record(root['software']);
  const fhirVersion = text(root['fhirVersion']);
  return {
    fhirVersion,
    otherVersion: /^4\.[03](\.|$)/.test(fhirVersion ?? '4.0') ? undefined : fhirVersion,
    software:
      [text(software['name']), text(software['version'])].filter(Boolean).join(' ') || undefined,
    types: [...byType.keys()],
    bulkData: list(root['instantiates']).some((url) => /\/bulkdata\//.test(text(url) ?? '')),
    interaction(type, code) {
      const resource = of(type);
      if (resource === undefined) return undefined;
      if (resource === null) return false;
      const codes = records(resource['interaction']).map((i) => i['code']);
      return codes.length === 0 ? undefined : codes.includes(code);
    },
    searchParam(type, name) {
      const resource = of(type);
      if (resource === undefined) return undefined;
      if (resource === null) return false;
      const declared = params(type);
      if (declared.size === 0) return undefined;
      return declared.has(name) || (COMMON.includes(name) ? undefined : false);
    },
    searchParams: params,
    includes: (type, what) => list(byType.get(type)?.['searchInclude']).includes(what),
    operation(type, name) {
      if (silent && records(rest['operation']).length === 0) return undefined;
      const resource = type === undefined ? undefined : byType.get(type);
      return hasOperation(record(resource), name) || hasOperation(rest, name);
    },
    system(code) {
      const codes = records(rest['interaction']).map((i) => i['code']);
      return codes.length === 0 ? undefined : codes.includes(code);
    },
    versioned(type) {
      const versioning = byType.get(type)?.['versioning'];
      return typeof versioning === 'string' ? versioning !== 'no-version' : undefined;
    },
    conditionalCreate(type) {
      const declared = byType.get(type)?.['conditionalCreate'];
      return typeof declared === 'boolean' ? declared : undefined;
    },
  };
}
