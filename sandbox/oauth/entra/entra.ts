import { createServer } from 'node:https';
import type { Certificate } from '../certificate.ts';
import { entraControl, type Control, type EntraControl } from './entra-control.ts';
import { entraMiddleware } from './entra-middleware.ts';
import { entraIdClaims, signAccessToken, type EntraIdentity } from './entra-tokens.ts';
import { ENTRA_USERS, type EntraUser } from './entra-users.ts';
import { listen } from '../listen.ts';
import type { OAuthLogEntry } from '../log.ts';
import { makeProvider } from '../provider.ts';
import { makeSigningKey } from '../signing-key.ts';

const TENANT = '7c1d2a90-3b5e-4f1a-8c66-5e2f9a0b1d23';
const CLIENT_ID = 'b6a0f7de-2c41-4d0b-9f3a-d1e0c7a85f10';

export interface EntraOptions {
  readonly certificate: Certificate;
  /** Audience of the access tokens: the FHIR base address without trailing slash. */
  readonly audience: string;
  /** Origins of the app, such as `http://localhost:5173`; read at each request. */
  readonly appOrigins: () => readonly string[];
  /** Port; 0 or undefined for any free port. */
  readonly port?: number;
  readonly orNext?: boolean;
  /**
   * Host in every address instead of `localhost:<port>`, such as `login.microsoftonline.com` when
   * the browser is configured to resolve that name to this server.
   */
  readonly host?: string;
}

export interface Entra {
  /** Authority for MSAL, `https://localhost:<port>/<tenant>`. */
  readonly authority: string;
  /** Host and port, in the form of MSAL's knownAuthorities. */
  readonly host: string;
  readonly tenant: string;
  readonly clientId: string;
  readonly audience: string;
  readonly issuer: string;
  readonly port: number;
  readonly users: readonly EntraUser[];
  readonly identity: EntraIdentity;
  readonly control: Control<EntraControl>;
  readonly log: OAuthLogEntry[];
  /** Makes an access token without a sign-in; by default for the contributor. */
  accessToken(userId?: string): Promise<string>;
  close(): Promise<void>;
}

/**
 * Starts a stand-in for Microsoft Entra ID: oidc-provider behind Entra's v2.0 paths, over https.
 *
 * @throws {Error} when the port is taken
 */
export async function startEntra(o: EntraOptions): Promise<Entra> {
  const server = createServer({ key: o.certificate.key, cert: o.certificate.cert });
  const listening = await listen(server, o.port ?? 0, { orNext: o.orNext ?? false });
  const host = o.host ?? `localhost:${listening.port}`;
  const authority = `https://${host}/${TENANT}`;
  const issuer = `${authority}/v2.0`;
  const key = await makeSigningKey();
  const control = entraControl();
  const log: OAuthLogEntry[] = [];
  const userOf = (id: string): EntraUser | undefined => ENTRA_USERS.find((u) => u.id === id);
  const identity: EntraIdentity = {
    issuer,
    tenant: TENANT,
    clientId: CLIENT_ID,
    audience: o.audience,
    key,
    control,
  };
  const provider = makeProvider({
    issuer,
    name: 'entra',
    key,
    clientId: CLIENT_ID,
    redirectUris: () => o.appOrigins().map((origin) => `${origin}/redirect.html`),
    appOrigins: o.appOrigins,
    scopes: [
      'openid',
      'profile',
      'email',
      'offline_access',
      `${o.audience}/user_impersonation`,
      `${o.audience}/.default`,
    ],
    idClaims: (id) => entraIdClaims(TENANT, userOf(id) ?? { ...ENTRA_USERS[0]!, id }),
    pkceRequired: () => true,
    rotateRefreshToken: () => true,
    routes: {
      authorization: `/${TENANT}/oauth2/v2.0/authorize`,
      token: `/${TENANT}/oauth2/v2.0/token`,
      jwks: `/${TENANT}/discovery/v2.0/keys`,
      revocation: `/${TENANT}/oauth2/v2.0/revoke`,
    },
  });
  provider.use(entraMiddleware({ provider, identity, host, log, appOrigins: o.appOrigins }));
  const handle = provider.callback();
  server.on('request', (req, res) => void handle(req, res));
  return {
    authority,
    host,
    tenant: TENANT,
    clientId: CLIENT_ID,
    audience: o.audience,
    issuer,
    port: listening.port,
    users: ENTRA_USERS,
    identity,
    control,
    log,
    accessToken: (userId) => signAccessToken(identity, userOf(userId ?? '') ?? ENTRA_USERS[0]!),
    close: () => listening.close(),
  };
}
