/** Kinds of servers that this one can pass for. */
export type Mode = 'azure' | 'hapi' | 'oracle';

/** Everything in which the kinds differ. Tests may change any of it at run time. */
export interface Behaviour {
  mode: Mode;
  /** `Prefer: handling` where the request does not say: unknown parameters are ignored or refused. */
  handling: 'lenient' | 'strict';
  defaultCount: number;
  maxCount: number;
  /** Where page links lead: the search address with `ct`, or the server root with `_getpages`. */
  pageLinks: 'continuation' | 'getpages';
  previousLinks: boolean;
  /** Scheme, host and port that page links carry by mistake, such as `https://internal:8443`. */
  wrongLinkOrigin: string | undefined;
  /** Every page link already given out answers 410. */
  pagesExpired: boolean;
  /** `_total=estimate` answers 403. */
  refuseEstimate: boolean;
  /** Whether a search without `_total` gets a total. */
  totalByDefault: boolean;
  /** One sort key only; a second or an unknown one drops the sort with a warning. */
  singleSortKey: boolean;
  /** Search parameters that the server does not know, as `Type.name`. */
  unsupported: Set<string>;
  /** A search needs one supported parameter, else 400 in plain text. */
  searchParameterRequired: boolean;
  /** Parameters that a search of patients may hold once, and with one value; more is a 400. */
  singleValued: ReadonlySet<string>;
  /** 401 has no body and no CORS headers. */
  bareUnauthorized: boolean;
  exposedHeaders: string[];
  /** Request headers that CORS never allows, whatever the site configured. */
  refusedHeaders: string[];
  /** A Binary is sent as it is to whoever asks for its type; otherwise that is a 406. */
  rawBinary: boolean;
  /** `Patient/$match` is done and declared. */
  match: boolean;
  /** Times that an export answers 202 before its manifest. */
  exportPolls: number;
}

/** "May be provided exactly once and may have only a single value": Millennium R4, Patient, Search. */
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
  bareUnauthorized: false,
  exposedHeaders: [],
  refusedHeaders: [],
  rawBinary: false,
  match: false,
  exportPolls: 2,
};

/** A fresh set of switches for a kind of server. */
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
      // The default of the HAPI starter does not list it, so a browser's preflight fails.
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
