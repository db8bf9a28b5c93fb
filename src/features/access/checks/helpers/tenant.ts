import type { AppConfig, ServerConfig } from '#config/schema.ts';
import { authorityOf } from '#session/entra/authority.ts';

/** Matches a tenant id at the start of an authority's path. */
const TENANT = /^\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/|$)/i;

/** Returns the tenant id in `https://login.microsoftonline.com/<tenant>`, if one is configured. */
function configuredTenant({ auth }: ServerConfig): string | undefined {
  if (auth.type !== 'entra') return undefined;
  return TENANT.exec(new URL(authorityOf(auth)).pathname)?.[1]?.toLowerCase();
}

/**
 * Returns the tenant that a server trusts. For a pasted token the configuration tells it if the
 * same server is also listed with Entra ID.
 */
export function tenantOf(server: ServerConfig, config: AppConfig | undefined): string | undefined {
  const own = configuredTenant(server);
  if (own || server.auth.type !== 'token') return own;
  const same = (config?.servers ?? []).filter((s) => s.fhirBaseUrl === server.fhirBaseUrl);
  return same.map(configuredTenant).find((tenant) => tenant !== undefined);
}

/**
 * Whether roles in the Azure portal may grant the rights on a server, because it accepts tokens of
 * Entra ID. A pasted token may be one; another OpenID Connect authority is not Entra ID.
 */
export function usesAzureRoles(server: ServerConfig | undefined): boolean {
  const auth = server?.auth;
  return auth?.type === 'token' || (auth?.type === 'entra' && auth.protocolMode !== 'OIDC');
}
