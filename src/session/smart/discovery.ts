import { isRecord, type Json } from '#lib/narrow.ts';
import { LaunchError } from '../errors.ts';
import { textIn } from '../jwt.ts';
import { hardenedFetch } from './shims/fetch.ts';
import type { SmartSite } from './site.ts';

/** The used fields of `.well-known/smart-configuration` (SMART App Launch 2.2, "Conformance"). */
export interface SmartMetadata {
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  readonly revocationEndpoint: string | undefined;
  readonly issuer: string | undefined;
  /** Whether each authorization response names its issuer (RFC 9207, 3). */
  readonly namesIssuer: boolean;
  /** URL of the keys that sign id_tokens; undefined unless its origin is allowed. */
  readonly jwksUri: string | undefined;
  readonly capabilities: readonly string[];
  readonly s256: boolean;
}

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((v): v is string => typeof v === 'string') : [];

/**
 * Whether the user or a code may be sent to a URL. Metadata of an allowed server may be
 * manipulated, so `javascript:` URLs and other origins are refused.
 */
export function isAllowedEndpoint(address: string, allowed: readonly string[]): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return false;
  return url.username === '' && url.password === '' && allowed.includes(url.origin);
}

function endpoint(metadata: Json, name: string, site: SmartSite): string {
  const address = textIn(metadata, name);
  if (!address) throw new LaunchError('discovery', `smart-configuration lacks ${name}`);
  if (!URL.canParse(address, `${site.server.fhirBaseUrl}/`)) {
    throw new LaunchError('discovery', `${name} is not an address`);
  }
  const absolute = new URL(address, `${site.server.fhirBaseUrl}/`);
  if (!isAllowedEndpoint(absolute.href, site.endpointOrigins)) {
    const detail = /^https?:$/.test(absolute.protocol) ? absolute.origin : absolute.protocol;
    throw new LaunchError('endpoint-not-allowed', `${name} lies elsewhere`, { detail });
  }
  return absolute.href;
}

/** Parses and checks the metadata of a server. Exported for tests and the access check. */
export function readMetadata(value: unknown, site: SmartSite): SmartMetadata {
  if (!isRecord(value)) {
    throw new LaunchError('discovery', 'smart-configuration is not a JSON object');
  }
  const optional = (name: string): string | undefined => {
    const address = textIn(value, name);
    return address && isAllowedEndpoint(address, site.endpointOrigins) ? address : undefined;
  };
  return {
    authorizationEndpoint: endpoint(value, 'authorization_endpoint', site),
    tokenEndpoint: endpoint(value, 'token_endpoint', site),
    revocationEndpoint: optional('revocation_endpoint'),
    issuer: textIn(value, 'issuer'),
    namesIssuer: value['authorization_response_iss_parameter_supported'] === true,
    jwksUri: optional('jwks_uri'),
    capabilities: texts(value['capabilities']),
    s256: texts(value['code_challenge_methods_supported']).includes('S256'),
  };
}

/**
 * Fetches and checks the server's metadata.
 *
 * @throws {LaunchError} `discovery`, `endpoint-not-allowed`, `no-pkce` or `network`
 */
export async function discover(site: SmartSite): Promise<SmartMetadata> {
  const url = `${site.server.fhirBaseUrl}/.well-known/smart-configuration`;
  let response: Response;
  try {
    response = await hardenedFetch(url, { headers: { accept: 'application/json' } });
  } catch (cause) {
    throw new LaunchError('network', 'smart-configuration could not be fetched', { cause });
  }
  if (!response.ok) {
    throw new LaunchError('discovery', `smart-configuration answered ${response.status}`, {
      code: `HTTP ${response.status}`,
    });
  }
  let value: unknown;
  try {
    value = await response.json();
  } catch (cause) {
    throw new LaunchError('discovery', 'smart-configuration is not JSON', { cause });
  }
  const metadata = readMetadata(value, site);
  if (!metadata.s256 && site.pkce === 'required') {
    throw new LaunchError('no-pkce', 'The server does not advertise S256');
  }
  return metadata;
}
