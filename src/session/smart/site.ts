import type { AppConfig, IssuerConfig, ServerConfig } from '#config/schema.ts';

/** One SMART authorization server with what the site configured for it. */
export interface SmartSite {
  readonly server: ServerConfig;
  readonly clientId: string;
  readonly scope: string;
  /** `unadvertised` sends PKCE to a server that does not say that it understands it. */
  readonly pkce: 'required' | 'unadvertised';
  /** Origins that the authorize, token and revocation endpoints may have. */
  readonly endpointOrigins: readonly string[];
  /** The open-source FHIR server's AadSmartOnFhirProxy: errors come without state. */
  readonly legacyAzureProxy: boolean;
  /** Whether an EHR launches it; otherwise a person chose it on the sign-in page. */
  readonly launched: boolean;
}

const PREFIX = 'launch:';

/** Whether what fhirclient keeps is of this very server, not of one that had its id before. */
export const isOfServer = (
  state: { serverUrl?: unknown },
  { fhirBaseUrl }: ServerConfig,
): boolean => String(state.serverUrl).replace(/\/+$/, '') === fhirBaseUrl;

const origins = (fhirBaseUrl: string, more: readonly string[]): readonly string[] => [
  ...new Set([fhirBaseUrl, ...more].map((url) => new URL(url).origin)),
];

/** An issuer of the allow-list as the server that a launched session talks to. */
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

/** A `smart` server for a standalone launch; undefined for a server of another kind. */
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

/** Whether the id of a server is one that {@link siteOfIssuer} gave. */
export const isLaunchId = (id: string): boolean => id.startsWith(PREFIX);

/** The server of a launched session, by the id that {@link siteOfIssuer} gave it. */
export function serverOfLaunch(config: AppConfig, id: string): ServerConfig | undefined {
  const issuer = config.smartLaunch.issuers.find((i) => PREFIX + i.iss === id);
  return issuer && siteOfIssuer(issuer).server;
}

/** The site of a server id, whether configured or launched. */
export function siteById(config: AppConfig, id: string): SmartSite | undefined {
  const issuer = config.smartLaunch.issuers.find((i) => PREFIX + i.iss === id);
  if (issuer) return siteOfIssuer(issuer);
  const server = config.servers.find((s) => s.id === id);
  return server && siteOfServer(server);
}
