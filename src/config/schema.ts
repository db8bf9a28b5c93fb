import * as v from 'valibot';

/**
 * Schema of `/config.json`. `public/config.schema.json` is the equivalent for editors; a unit test
 * compares them. Unknown fields are errors, because a misspelt option must not be ignored silently.
 */

const text = v.pipe(v.string(), v.trim(), v.nonEmpty('must not be empty'));

/**
 * Matches https URLs, and http only for the local machine, because http exposes tokens and patient
 * data. The value is copied into security policies and web server files, where a wildcard or
 * special character would change their meaning.
 */
const SECURE =
  /^(https:\/\/[\p{L}\w.[\]:-]+|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?)(\/[^\s?#@\\]*)?$/u;
const HOST = /^(https:\/\/)?[\p{L}\w.:-]+\/?$/u;

const isSecureOrLoopback = (value: string): boolean => SECURE.test(value) && URL.canParse(value);

const secureUrl = v.pipe(
  text,
  v.check(
    isSecureOrLoopback,
    'must be an https:// address (http:// only for localhost), no user name, query or fragment',
  ),
);

/** A FHIR base URL without trailing slash, so that `${base}/Patient` is valid. */
const fhirBaseUrl = v.pipe(
  secureUrl,
  v.transform((url) => url.replace(/\/+$/, '')),
);

const isSecureOrigin = (value: string): boolean =>
  isSecureOrLoopback(value) && new URL(value).origin === value;

const secureOrigin = v.pipe(
  text,
  v.check(
    isSecureOrigin,
    'must be an origin such as https://ehr.example: no path, no slash at the end, no *',
  ),
);

const scopeText = v.pipe(
  text,
  v.check((s) => !s.split(/\s+/).includes('*'), 'must name scopes, not "*"'),
);

/** `URL.canParse` rejects port numbers that the pattern accepts. */
const knownHost = v.pipe(
  text,
  v.check(
    (host) => HOST.test(host) && URL.canParse(host.replace(/^(https:..)?/, 'https://')),
    'must be a host',
  ),
);

const entraAuth = v.pipe(
  v.strictObject({
    type: v.literal('entra'),
    /** Application (client) id of the app registration. */
    clientId: text,
    /** `https://login.microsoftonline.com/<tenant>`, an External ID or any OpenID Connect authority. */
    authority: v.optional(secureUrl),
    /** Shorthand for the authority of one Entra tenant; `organizations` is any. */
    tenantId: v.optional(v.pipe(text, v.regex(/^[\w.-]+$/, 'must be an id or a domain'))),
    /** API scopes; default: `<fhirBaseUrl>/user_impersonation`. */
    scopes: v.optional(
      v.pipe(
        // MSAL treats each entry as one scope, so with a blank in it no cached token would match.
        v.array(v.pipe(text, v.regex(/^\S+$/, 'must be one scope'))),
        v.nonEmpty('must not be empty'),
      ),
    ),
    /** Hosts (with port) that MSAL may trust besides Microsoft's own. */
    knownAuthorities: v.optional(v.array(knownHost), []),
    protocolMode: v.optional(v.picklist(['AAD', 'OIDC']), 'AAD'),
    /** How the user signs in: by redirect or in a popup. */
    interaction: v.optional(v.picklist(['redirect', 'popup']), 'redirect'),
  }),
  v.check((a) => !a.authority !== !a.tenantId, 'needs tenantId or authority: one, not both'),
);

const smartAuth = v.strictObject({
  type: v.literal('smart'),
  clientId: text,
  scope: v.optional(scopeText, 'openid fhirUser user/Patient.rs'),
  pkce: v.optional(v.picklist(['required', 'unadvertised']), 'required'),
  /** Origins, besides the FHIR server's own, that its authorize and token endpoints may have. */
  endpointOrigins: v.optional(v.array(secureUrl), []),
  /**
   * URL that ends the provider's own session (OpenID Connect's `end_session_endpoint`). Set it only
   * if the app's URL is registered there as a post-logout redirect URI.
   */
  endSessionEndpoint: v.optional(secureUrl),
});

const auth = v.variant('type', [
  entraAuth,
  smartAuth,
  v.strictObject({ type: v.literal('open') }),
  v.strictObject({ type: v.literal('token') }),
]);

const upTo = (most: number) =>
  v.pipe(
    v.number(),
    v.check((n) => n >= 1, 'must be at least 1'),
    v.check((n) => n <= most, `must be at most ${most}`),
  );

/** Microsoft's limits for custom audit headers: ten, 2,048 characters each. */
const auditHeaders = v.pipe(
  v.record(
    v.pipe(
      v.string(),
      v.regex(
        /^(?!x-ms-azurefhir-audit)[a-z0-9-]+$/i,
        'may hold letters, digits and -, and not begin with X-MS-AZUREFHIR-AUDIT',
      ),
    ),
    v.pipe(
      text,
      v.check((s) => s.length <= 2048, 'is longer than 2,048 characters'),
    ),
  ),
  v.check((r) => Object.keys(r).length <= 10, 'holds more than 10 headers'),
);

const requests = v.optional(
  v.strictObject({
    /** Sent as `X-MS-AZUREFHIR-AUDIT-<name>`. Needs the server's CORS settings to allow them. */
    auditHeaders: v.optional(auditHeaders, {}),
    /** `Prefer: handling=strict` on searches: the server refuses a filter that it would ignore. */
    strictSearch: v.optional(v.boolean(), false),
    /** `If-None-Exist` on create. HAPI's default CORS settings do not allow the header. */
    conditionalCreate: v.optional(v.boolean(), false),
    searchMethod: v.optional(v.picklist(['get', 'post']), 'get'),
    /** Seconds for one response, from the request to its last byte. */
    timeoutSeconds: v.optional(upTo(600), 60),
  }),
  {},
);

const server = v.strictObject({
  id: v.pipe(text, v.regex(/^[A-Za-z0-9_-]{1,64}$/, 'may hold letters, digits, _ and -')),
  label: text,
  fhirBaseUrl,
  auth,
  requests,
});

const issuer = v.strictObject({
  /** Compared exactly, except for trailing slashes, with the `iss` of a launch. */
  iss: fhirBaseUrl,
  label: text,
  clientId: text,
  scope: v.optional(scopeText, 'launch openid fhirUser patient/*.rs'),
  pkce: v.optional(v.picklist(['required', 'unadvertised']), 'required'),
  endpointOrigins: v.optional(v.array(secureUrl), []),
  /**
   * The issuer is the open-source FHIR server's `/AadSmartOnFhirProxy`, which sends errors without
   * state, drops the nonce, and drops PKCE on its way to Entra ID although it advertises it.
   */
  legacyAzureProxy: v.optional(v.boolean(), false),
  requests,
});

const unique = (values: readonly string[]): boolean => new Set(values).size === values.length;

export const configSchema = v.pipe(
  v.strictObject({
    $schema: v.optional(v.string()),
    appName: v.optional(text, 'Patient Browser'),
    servers: v.optional(
      v.pipe(
        v.array(server),
        v.check((all) => unique(all.map((s) => s.id)), 'twice: id'),
      ),
      [],
    ),
    smartLaunch: v.optional(
      v.strictObject({
        issuers: v.pipe(
          v.array(issuer),
          v.check((all) => unique(all.map((i) => i.iss)), 'twice: iss'),
        ),
      }),
      { issuers: [] },
    ),
    embedding: v.optional(
      v.strictObject({
        /**
         * Origins of the EHRs that may show the app in a frame. The web server's `frame-ancestors`
         * must contain them.
         */
        frameAncestors: v.optional(v.array(secureOrigin), []),
      }),
      { frameAncestors: [] },
    ),
    /** Patient picker for other applications, at `/pick`. */
    picker: v.optional(
      v.strictObject({
        /** Origins of the applications that may open the picker and receive the choice. */
        origins: v.optional(v.array(secureOrigin), []),
      }),
    ),
    /** Minutes without use until the session is masked and closed. */
    idleTimeoutMinutes: v.optional(upTo(480), 15),
  }),
  v.check(
    (c) => c.servers.length > 0 || c.smartLaunch.issuers.length > 0,
    'needs an entry in "servers" or "smartLaunch.issuers"',
  ),
);

export type AppConfig = v.InferOutput<typeof configSchema>;
export type ServerConfig = AppConfig['servers'][number];
export type AuthConfig = ServerConfig['auth'];
export type EntraAuth = Extract<AuthConfig, { type: 'entra' }>;
export type SmartAuth = Extract<AuthConfig, { type: 'smart' }>;
export type IssuerConfig = AppConfig['smartLaunch']['issuers'][number];
export type RequestConfig = ServerConfig['requests'];
