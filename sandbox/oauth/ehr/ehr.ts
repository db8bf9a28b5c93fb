import { createServer } from 'node:http';
import { jwtVerify, type JWTPayload } from 'jose';
import { errors } from 'oidc-provider';
import { makeDirectory, type Directory, type ResourcesOfType } from '../directory.ts';
import { launcher } from '../../launcher/launcher.ts';
import { ehrControl, type EhrControl } from './ehr-control.ts';
import { END_SESSION_PATH } from './ehr-end-session.ts';
import { ehrMiddleware, type EhrParts } from './ehr-middleware.ts';
import { makeAccessToken, type EhrIdentity } from './ehr-tokens.ts';
import type { Control } from '../entra/entra-control.ts';
import type { LaunchContext, SmartGrant } from '../launch-context.ts';
import { combinedReplyUrl, legacyLaunch } from '../legacy-proxy.ts';
import { listen } from '../listen.ts';
import type { OAuthLogEntry } from '../log.ts';
import { makeProvider } from '../provider.ts';
import { makeSigningKey } from '../signing-key.ts';
import { smartConfiguration } from '../smart-configuration.ts';

const CLIENT_ID = 'patient-browser';

export interface EhrOptions {
  /** FHIR base address without trailing slash; the `iss` of a launch. */
  readonly fhirBase: string;
  /** Origins of the app; read at each request. */
  readonly appOrigins: () => readonly string[];
  /** Returns the resources for the patient picker and the launcher. */
  readonly resources: ResourcesOfType;
  /** Port; 0 or undefined for any free port. */
  readonly port?: number;
  readonly orNext?: boolean;
}

export interface Ehr {
  /** The `iss` of a launch: the FHIR base. */
  readonly iss: string;
  /** Origin of the authorize and token endpoints. */
  readonly origin: string;
  readonly port: number;
  readonly clientId: string;
  /** Endpoint of OpenID Connect RP-Initiated Logout; the app's address is registered with it. */
  readonly endSessionEndpoint: string;
  readonly styleUrl: string;
  readonly directory: Directory;
  readonly control: Control<EhrControl>;
  readonly log: OAuthLogEntry[];
  /** Registers a launch. Returns the value of its `launch` parameter. */
  newLaunch(context: LaunchContext): string;
  /** Returns the context of a registered launch. */
  launchContext(launch: string): LaunchContext | undefined;
  /** Registers a launch. Returns the address of the app that the EHR opens for it. */
  launchUrl(appOrigin: string, context: LaunchContext): string;
  /** Returns the FHIR server's `.well-known/smart-configuration`, changed as the control says. */
  smartConfiguration(): unknown;
  /** Resolves to the claims of an access token of this EHR; undefined when it is not valid. */
  claims(token: string): Promise<JWTPayload | undefined>;
  /** Makes an access token without a sign-in, for tests. */
  accessToken(o: { scope: string; context?: LaunchContext; fhirUser?: string }): Promise<string>;
  readonly parts: EhrParts;
  close(): Promise<void>;
}

/**
 * Starts a SMART on FHIR EHR's authorization server with EHR launch and standalone launch.
 *
 * @throws {Error} when the port is taken
 */
export async function startEhr(o: EhrOptions): Promise<Ehr> {
  const server = createServer();
  const listening = await listen(server, o.port ?? 0, { orNext: o.orNext ?? false });
  const origin = `http://localhost:${listening.port}`;
  const control = ehrControl();
  const identity: EhrIdentity = {
    issuer: origin,
    clientId: CLIENT_ID,
    fhirBase: o.fhirBase,
    key: await makeSigningKey(),
    control,
    opaque: new Map(),
  };
  const launches = new Map<string, LaunchContext>();
  const newLaunch = (context: LaunchContext): string => {
    const id = control.legacyProxy ? legacyLaunch(context) : crypto.randomUUID();
    launches.set(id, context);
    return id;
  };
  const redirectUris = (): string[] => o.appOrigins().map((app) => `${app}/callback`);
  const provider = makeProvider({
    issuer: origin,
    name: 'ehr',
    key: identity.key,
    clientId: CLIENT_ID,
    redirectUris: () => redirectUris().flatMap((uri) => [uri, combinedReplyUrl(origin, uri)]),
    appOrigins: o.appOrigins,
    scopes: ['openid', 'offline_access'],
    idClaims: () => ({}),
    pkceRequired: () => control.pkceRequired && !control.legacyProxy,
    rotateRefreshToken: () => control.refresh === 'rotate',
    extraParams: {
      smart_scope: null,
      aud(_ctx, value) {
        if (value?.replace(/\/+$/, '') !== o.fhirBase) {
          throw new errors.InvalidRequest(`aud must be ${o.fhirBase}`);
        }
      },
      launch(_ctx, value) {
        if (value !== undefined && !launches.has(value)) {
          throw new errors.InvalidRequest('this launch is not known');
        }
      },
    },
    routes: {
      authorization: '/auth/authorize',
      token: '/auth/token',
      jwks: '/auth/jwks',
      revocation: '/auth/revoke',
    },
  });
  const parts: EhrParts = {
    provider,
    identity,
    directory: makeDirectory(o.resources),
    log: [],
    appOrigins: o.appOrigins,
    redirectUris,
    launches,
    grants: new Map<string, SmartGrant>(),
    revoked: new Set(),
    newLaunch,
  };
  const launchAddress = (appOrigin: string, launch: string): string =>
    `${appOrigin}/launch?${new URLSearchParams({ iss: o.fhirBase, launch })}`;
  const accessToken: Ehr['accessToken'] = ({
    scope,
    context = {},
    fhirUser = 'Practitioner/unknown',
  }) =>
    makeAccessToken(identity, { scope: scope.split(' '), fhirUser, userName: fhirUser, context });
  const styleUrl = `${origin}/smart-style.json`;
  provider.use(
    launcher({
      directory: parts.directory,
      appOrigins: o.appOrigins,
      styleUrl,
      newLaunch,
      launchAddress,
      token: (id) => accessToken({ scope: 'user/*.cruds', fhirUser: `Practitioner/${id}` }),
    }),
  );
  provider.use(ehrMiddleware(parts));
  const handle = provider.callback();
  server.on('request', (req, res) => void handle(req, res));
  return {
    iss: o.fhirBase,
    origin,
    port: listening.port,
    clientId: CLIENT_ID,
    endSessionEndpoint: `${origin}${END_SESSION_PATH}`,
    styleUrl,
    directory: parts.directory,
    control,
    log: parts.log,
    newLaunch,
    launchContext: (launch) => launches.get(launch),
    launchUrl: (appOrigin, context) => launchAddress(appOrigin, newLaunch(context)),
    smartConfiguration: () => smartConfiguration(identity),
    claims: (token) => validClaims(parts, token),
    accessToken,
    parts,
    close: () => listening.close(),
  };
}

async function validClaims(
  { identity, revoked }: EhrParts,
  token: string,
): Promise<JWTPayload | undefined> {
  const opaque = identity.opaque.get(token);
  const claims =
    opaque ??
    (await jwtVerify(token, identity.key.keySet, {
      issuer: identity.issuer,
      audience: identity.fhirBase,
    }).then(
      ({ payload }) => payload,
      () => undefined,
    ));
  if (!claims || revoked.has(String(claims.jti))) return undefined;
  return (claims.exp ?? 0) * 1000 > Date.now() ? claims : undefined;
}
