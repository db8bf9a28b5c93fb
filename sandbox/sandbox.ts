import { generate } from './data/generate.ts';
import type { Mode } from './fhir/faults/modes.ts';
import { startFhirServer, type FhirServer } from './fhir/server.ts';
import { anyOf, claimsToAccess, jwtVerifier } from './fhir/tokens.ts';
import type { TokenVerifier } from './fhir/access.ts';
import { makeCertificate, type Certificate } from './oauth/certificate.ts';
import { startEhr, type Ehr } from './oauth/ehr/ehr.ts';
import { startEntra, type Entra } from './oauth/entra/entra.ts';
import { orNext } from './oauth/listen.ts';
import { sandboxConfig } from './sandbox-config.ts';

export interface SandboxOptions {
  /** Origins of the app, such as `http://localhost:5173`; more may be added later. */
  readonly appOrigins: readonly string[];
  readonly seed?: number;
  /** How many ordinary patients; 500 by default. */
  readonly patients?: number;
  readonly mode?: Mode;
  /** `fixed`: 5181 to 5183, or the next free ports. `free`, the default: any free ports. */
  readonly ports?: 'fixed' | 'free';
  /** See `EntraOptions.host`. */
  readonly entraHost?: string;
}

export interface Sandbox {
  readonly fhir: FhirServer;
  /** Base address of the same data without sign-in. */
  readonly open: string;
  readonly entra: Entra;
  readonly ehr: Ehr;
  readonly launcherUrl: string;
  readonly certificate: Certificate;
  /** Adds an origin from which the app may sign in. Returns a function that removes it again. */
  addAppOrigin(origin: string): () => void;
  /** Returns a valid `/config.json` that names the four kinds of sign-in and the EHR. */
  appConfig(): ReturnType<typeof sandboxConfig>;
  /** Restores the initial data, faults and controls, and empties the logs. */
  reset(): void;
  close(): Promise<void>;
}

/**
 * Starts the FHIR server, the EHR and Entra in this process.
 *
 * @throws {Error} when no port is free
 */
export async function startSandbox(o: SandboxOptions): Promise<Sandbox> {
  const origins = new Set(o.appOrigins);
  const appOrigins = (): readonly string[] => [...origins];
  const fixed = o.ports === 'fixed';
  const data = generate({
    ...(o.seed !== undefined && { seed: o.seed }),
    ...(o.patients !== undefined && { patients: o.patients }),
  });

  // The EHR and Entra need the address of the FHIR server, which has to trust both: these two
  // functions are replaced below, once all servers run.
  let verify: TokenVerifier = () => Promise.resolve(undefined);
  let smart = (): unknown => undefined;
  const startFhir = (port: number): Promise<FhirServer> =>
    startFhirServer({
      ...data,
      ...(o.mode && { mode: o.mode }),
      auth: (token) => verify(token),
      smartConfiguration: () => smart(),
      port,
    });
  const fhir = await (fixed ? orNext(5181, startFhir) : startFhir(0));

  const certificate = await makeCertificate();
  const ehr = await startEhr({
    fhirBase: fhir.baseUrl,
    appOrigins,
    resources: (type) => [...fhir.store.all(type)].map((version) => version.resource),
    port: fixed ? 5182 : 0,
    orNext: fixed,
  });
  const entra = await startEntra({
    certificate,
    audience: fhir.baseUrl,
    appOrigins,
    port: fixed ? 5183 : 0,
    orNext: fixed,
    ...(o.entraHost && { host: o.entraHost }),
  });
  const ehrTokens: TokenVerifier = async (token) => {
    const claims = await ehr.claims(token);
    return claims && claimsToAccess(claims);
  };
  const entraTokens = jwtVerifier({
    jwks: entra.identity.key.publicJwks,
    issuer: entra.issuer,
    audience: fhir.baseUrl,
  });
  verify = anyOf(ehrTokens, entraTokens);
  smart = () => ehr.smartConfiguration();

  return {
    fhir,
    open: fhir.openBaseUrl,
    entra,
    ehr,
    launcherUrl: `${ehr.origin}/launcher`,
    certificate,
    addAppOrigin(origin) {
      origins.add(origin);
      return () => void origins.delete(origin);
    },
    appConfig: () => sandboxConfig({ fhir, entra, ehr }),
    reset() {
      fhir.reset();
      for (const server of [entra, ehr]) {
        server.control.reset();
        server.log.length = 0;
      }
    },
    async close() {
      await Promise.all([fhir.close(), ehr.close(), entra.close()]);
    },
  };
}
