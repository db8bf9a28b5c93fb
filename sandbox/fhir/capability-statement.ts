import type { CapabilityStatement, CapabilityStatementRestResource } from 'fhir/r4';
import type { Behaviour } from './faults/modes.ts';
import { resourceTypes } from './resource-types.ts';
import { searchParametersOf } from './search/search-parameters.ts';

/** Endpoints of the authorization server, as the SMART extension declares them. */
export interface OauthUris {
  authorize?: string;
  token?: string;
  revoke?: string;
}

const smartExtension = 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris';
const definitions = 'http://hl7.org/fhir/OperationDefinition';

/** Returns the CapabilityStatement, made from the same tables that the server works by. */
export function capabilityStatement(
  base: string,
  behaviour: Behaviour,
  oauth: OauthUris | undefined,
): CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    id: 'sandbox',
    url: `${base}/metadata`,
    name: 'SandboxFhirServer',
    status: 'active',
    experimental: true,
    date: '2026-11-01',
    publisher: 'Patient Browser sandbox',
    kind: 'instance',
    software: { name: `Sandbox FHIR server (${behaviour.mode})`, version: '1.0.0' },
    implementation: { description: 'Synthetic data for development and tests', url: base },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json'],
    rest: [
      {
        mode: 'server',
        ...(oauth ? { security: security(oauth) } : {}),
        resource: resourceTypes.map((type) => resource(type, behaviour)),
        interaction: [{ code: 'batch' }, { code: 'transaction' }, { code: 'history-system' }],
        operation: [
          {
            name: 'export',
            definition: 'http://hl7.org/fhir/uv/bulkdata/OperationDefinition/export',
          },
        ],
      },
    ],
  };
}

function security(
  oauth: OauthUris,
): NonNullable<NonNullable<CapabilityStatement['rest']>[number]['security']> {
  const uris = Object.entries(oauth).map(([url, valueUri]: [string, string]) => ({
    url,
    valueUri,
  }));
  return {
    // Microsoft's server declares false although it supports CORS.
    cors: false,
    extension: [{ url: smartExtension, extension: uris }],
    service: [
      {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/restful-security-service',
            code: 'SMART-on-FHIR',
          },
        ],
      },
    ],
  };
}

function resource(
  type: (typeof resourceTypes)[number],
  behaviour: Behaviour,
): CapabilityStatementRestResource {
  const known = Object.entries(searchParametersOf(type)).filter(
    ([name]) => !behaviour.unsupported.has(`${type}.${name}`),
  );
  const sortable = known.filter(([, parameter]) => parameter.sortable).map(([name]) => name);
  const references = known
    .filter(([, parameter]) => parameter.type === 'reference')
    .map(([name]) => `${type}:${name}`);
  const operation: NonNullable<CapabilityStatementRestResource['operation']> = [
    { name: 'validate', definition: `${definitions}/Resource-validate` },
  ];
  if (type === 'Patient')
    operation.push({ name: 'everything', definition: `${definitions}/Patient-everything` });
  if (type === 'Patient' && behaviour.match)
    operation.push({ name: 'match', definition: `${definitions}/Patient-match` });
  if (type === 'Patient' || type === 'Group') {
    const definition = `http://hl7.org/fhir/uv/bulkdata/OperationDefinition/${type.toLowerCase()}-export`;
    operation.push({ name: 'export', definition });
  }
  const searchParam: NonNullable<CapabilityStatementRestResource['searchParam']> = known.map(
    ([name, { type: kind }]) => ({
      name,
      type: kind,
    }),
  );
  if (!behaviour.unsupported.has(`${type}._sort`)) {
    searchParam.push({ name: '_sort', type: 'special', documentation: sortable.join(', ') });
  }
  return {
    type,
    profile: `http://hl7.org/fhir/StructureDefinition/${type}`,
    interaction: (
      [
        'read',
        'vread',
        'update',
        'delete',
        'history-instance',
        'history-type',
        'create',
        'search-type',
      ] as const
    ).map((code) => ({ code })),
    versioning: 'versioned-update',
    readHistory: true,
    updateCreate: true,
    conditionalCreate: true,
    conditionalUpdate: true,
    conditionalDelete: 'single',
    searchInclude: references,
    searchParam,
    operation,
  };
}
