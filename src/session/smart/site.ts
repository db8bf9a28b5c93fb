import type { AppConfig, IssuerConfig, ServerConfig } from '#config/schema.ts';

/** A SMART authorization server and its configuration. */
export interface SmartSite {
  readonly server: ServerConfig;
  readonly clientId: string;
  readonly scope: string;
  /** `unadvertised` uses PKCE with a server that does not declare support for it. */
  readonly pkce: 'required' | 'unadvertised';
  /** Origins that the authorize, token and revocation endpoints may have. */
  readonly endpointOrigins: readonly string[];
  /**
   * True for the open-source FHIR server's AadSmartOnFhirProxy, which sends errors without state.
   */
  readonly legacyAzureProxy: boolean;
  /** True if an EHR launches the app, false if the user chose the server on the sign-in page. */
  readonly launched: boolean;
}

const PREFIX = 'launch:';

/** Whether fhirclient's state belongs to this server, not to another one that had its id before. */
export const isOfServer = (
  state: { serverUrl?: unknown },
  { fhirBaseUrl }: ServerConfig,
): boolean => String(state.serverUrl).replace(/\/+$/, '') === fhirBaseUrl;

const origins = (fhirBaseUrl: string, more: readonly string[]): readonly string[] => [
  ...new Set([fhirBaseUrl, ...more].map((url) => new URL(url).origin)),
];

/** Returns the site of an issuer on the allow-list. */
export function siteOfIssuer(issuer: IssuerConfig): SmartSite {
  const { iss, label, clientId, scope, pkce, endpointOrigins, requests } = issuer;
  return {
    server: {
      id: PREFIX + iss,
      label,
      fhirBaseUrl: iss,
      auth: { type: 'smart', clientId, scope, pkce, endpointOrigins },
      requests,
    },
    clientId,
    scope,
    pkce,
    endpointOrigins: origins(iss, endpointOrigins),
    legacyAzureProxy: issuer.legacyAzureProxy,
    launched: true,
  };
}

/** Returns the site of a `smart` server for a standalone launch; undefined for other kinds. */
export function siteOfServer(server: ServerConfig): SmartSite | undefined {
  const { auth } = server;
  if (auth.type !== 'smart') return undefined;
  return {
    server,
    clientId: auth.clientId,
    scope: auth.scope,
    pkce: auth.pkce,
    endpointOrigins: origins(server.fhirBaseUrl, auth.endpointOrigins),
    legacyAzureProxy: false,
    launched: false,
  };
}

/** Whether {@link siteOfIssuer} created the id of a server. */
export const isLaunchId = (id: string): boolean => id.startsWith(PREFIX);

/** Returns the site of a server id, whether configured or launched. */
export function siteById(config: AppConfig, id: string): SmartSite | undefined {
  const issuer = config.smartLaunch.issuers.find((i) => PREFIX + i.iss === id);
  if (issuer) return siteOfIssuer(issuer);
  const server = config.servers.find((s) => s.id === id);
  return server && siteOfServer(server);
}
