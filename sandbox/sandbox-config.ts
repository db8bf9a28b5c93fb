import type { FhirServer } from './fhir/server.ts';
import type { Ehr } from './oauth/ehr/ehr.ts';
import type { Entra } from './oauth/entra/entra.ts';

interface Servers {
  readonly fhir: FhirServer;
  readonly entra: Entra;
  readonly ehr: Ehr;
}

/** The `/config.json` of the sandbox. */
export function sandboxConfig({ fhir, entra, ehr }: Servers) {
  const smart = { clientId: ehr.clientId, endpointOrigins: [ehr.origin] };
  return {
    appName: 'Patient Browser',
    servers: [
      {
        id: 'entra',
        label: 'Contoso FHIR (Entra ID)',
        fhirBaseUrl: fhir.baseUrl,
        auth: {
          type: 'entra',
          clientId: entra.clientId,
          authority: entra.authority,
          scopes: [`${entra.audience}/user_impersonation`],
          knownAuthorities: [entra.host],
        },
      },
      {
        id: 'ehr',
        label: 'Example EHR (SMART)',
        fhirBaseUrl: fhir.baseUrl,
        auth: {
          type: 'smart',
          ...smart,
          scope: 'openid fhirUser offline_access user/*.cruds',
        },
      },
      {
        id: 'open',
        label: 'Open test server',
        fhirBaseUrl: fhir.openBaseUrl,
        auth: { type: 'open' },
      },
      {
        id: 'token',
        label: 'Paste a token',
        fhirBaseUrl: fhir.baseUrl,
        auth: { type: 'token' },
      },
    ],
    smartLaunch: {
      issuers: [
        {
          iss: ehr.iss,
          label: 'Example EHR (SMART)',
          ...smart,
          scope: 'launch openid fhirUser offline_access patient/*.rs',
        },
      ],
    },
    embedding: { frameAncestors: [ehr.origin] },
  };
}
