import type { AppConfig, ServerConfig } from '#config/schema.ts';
import { authorityOf } from '#session/entra/authority.ts';

/** A tenant's id at the start of an authority's path. */
const TENANT = /^\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/|$)/i;

/** The tenant of `https://login.microsoftonline.com/<tenant>`, where a single one is configured. */
function configuredTenant({ auth }: ServerConfig): string | undefined {
  if (auth.type !== 'entra') return undefined;
  return TENANT.exec(new URL(authorityOf(auth)).pathname)?.[1]?.toLowerCase();
}

/**
 * The tenant that a server trusts. For a pasted token the configuration knows it where the same
 * server is listed with Entra ID as well.
 */
export function tenantOf(server: ServerConfig, config: AppConfig | undefined): string | undefined {
  const own = configuredTenant(server);
  if (own || server.auth.type !== 'token') return own;
  const same = (config?.servers ?? []).filter((s) => s.fhirBaseUrl === server.fhirBaseUrl);
  return same.map(configuredTenant).find((tenant) => tenant !== undefined);
}

/**
 * Whether rights on a server may be roles in the Azure portal: it takes tokens of Entra ID. A pasted
 * token is one of those, as far as anybody can tell; another OpenID Connect authority is not Entra.
 */
export function usesAzureRoles(server: ServerConfig | undefined): boolean {
  const auth = server?.auth;
  return auth?.type === 'token' || (auth?.type === 'entra' && auth.protocolMode !== 'OIDC');
}
