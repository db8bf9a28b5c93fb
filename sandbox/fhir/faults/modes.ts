/** The servers that the sandbox can imitate. */
export type Mode = 'azure' | 'hapi' | 'oracle';

/** All differences between the imitated servers. Tests may change any of them at run time. */
export interface Behaviour {
  mode: Mode;
  /** Default of `Prefer: handling`: whether unknown parameters are ignored or refused. */
  handling: 'lenient' | 'strict';
  defaultCount: number;
  maxCount: number;
  /** Form of page links: the search address with `ct`, or the server root with `_getpages`. */
  pageLinks: 'continuation' | 'getpages';
  previousLinks: boolean;
  /** Wrong scheme, host and port in page links, such as `https://internal:8443`. */
  wrongLinkOrigin: string | undefined;
  /** Whether every page link sent before answers 410. */
  pagesExpired: boolean;
  /** Whether `_total=estimate` answers 403. */
  refuseEstimate: boolean;
  /** Whether a search without `_total` gets a total. */
  totalByDefault: boolean;
  /** Whether only one sort key is supported; several drop the sort with a warning. */
  singleSortKey: boolean;
  /** Search parameters that the server does not support, as `Type.name`. */
  unsupported: Set<string>;
  /** Whether a search without a supported parameter answers 400 in plain text. */
  searchParameterRequired: boolean;
  /** Parameters that a search of patients may contain once only, with one value; else 400. */
  singleValued: ReadonlySet<string>;
  /** Whether a history has a resource with only `id` and `meta` for each deletion, as at Microsoft. */
  deletionStubs: boolean;
  /** Whether a 401 has no body and no CORS headers. */
  bareUnauthorized: boolean;
  exposedHeaders: string[];
  /** Request headers that CORS never allows, whatever the CORS settings say. */
  refusedHeaders: string[];
  /** Whether a Binary is sent as raw content when `Accept` asks for that; otherwise 406. */
  rawBinary: boolean;
  /** Whether `Patient/$match` is supported and declared. */
  match: boolean;
  /** How many status requests of an export answer 202 before the manifest is sent. */
  exportPolls: number;
}

/** Millennium R4, Patient, Search: "provided exactly once and may have only a single value". */
const ORACLE_ONCE: ReadonlySet<string> = new Set([
  'identifier',
  'name',
  'family',
  'given',
  'phone',
  'email',
  'address-postalcode',
  'gender',
]);

const azure: Omit<Behaviour, 'unsupported'> = {
  mode: 'azure',
  handling: 'lenient',
  defaultCount: 10,
  maxCount: 1000,
  pageLinks: 'continuation',
  previousLinks: false,
  wrongLinkOrigin: undefined,
  pagesExpired: false,
  refuseEstimate: true,
  totalByDefault: false,
  singleSortKey: true,
  searchParameterRequired: false,
  singleValued: new Set(),
  deletionStubs: true,
  bareUnauthorized: false,
  exposedHeaders: [],
  refusedHeaders: [],
  rawBinary: false,
  match: false,
  exportPolls: 2,
};

/** Returns the initial behaviour of an imitated server. */
export function behaviourOf(mode: Mode): Behaviour {
  const base = { ...azure, exposedHeaders: [], refusedHeaders: [] };
  if (mode === 'hapi') {
    return {
      ...base,
      mode,
      handling: 'strict',
      defaultCount: 20,
      maxCount: 10_000,
      pageLinks: 'getpages',
      previousLinks: true,
      refuseEstimate: false,
      singleSortKey: false,
      deletionStubs: false,
      match: true,
      unsupported: new Set(),
      exposedHeaders: [
        'Location',
        'Content-Location',
        'ETag',
        'Date',
        'Retry-After',
        'X-Correlation-Id',
        'X-Progress',
        'X-Request-Id',
      ],
      // The HAPI starter does not allow this header by default, so a browser's preflight fails.
      refusedHeaders: ['if-none-exist'],
    };
  }
  if (mode === 'oracle') {
    return {
      ...base,
      mode,
      handling: 'strict',
      searchParameterRequired: true,
      singleValued: ORACLE_ONCE,
      bareUnauthorized: true,
      unsupported: new Set(['Patient._sort']),
    };
  }
  return { ...base, unsupported: new Set(['Patient.deceased']) };
}
