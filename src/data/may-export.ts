import type { Capability } from '#fhir/permissions/capability.ts';
import type { ExportLevel } from '#fhir/bulk-export/bulk-export-url.ts';
import { parseScope } from '#fhir/permissions/scopes.ts';
import { ROLE, useCapability, type Can } from './capability.ts';
import { useFhir } from './fhir-context.ts';

const LEVELS: readonly ExportLevel[] = ['system', 'Patient', 'Group'];

/** Of these roles, those that hold the export action. */
const EXPORTER = /^FHIR Data (Contributor|Exporter)$|^(global(Admin|Writer|Exporter)|smartUser)$/i;

export interface MayExport extends Can {
  /** The levels that the server declares, or might have without saying so. */
  readonly levels: readonly ExportLevel[];
  /** The server says in so many words that it does at least one of them. */
  readonly declared: boolean;
}

/**
 * Undefined where the statement does not say: not about the operation, or only that the server
 * follows the Bulk Data guide (https://hl7.org/fhir/uv/bulkdata/operations.html).
 */
function declares(capability: Capability | undefined, level: ExportLevel): boolean | undefined {
  const said = named(capability, level);
  return said === false && capability?.bulkData ? undefined : said;
}

function named(capability: Capability | undefined, level: ExportLevel): boolean | undefined {
  if (level === 'system') return capability?.operation(undefined, 'export');
  // Microsoft declares all three on the whole system: `export`, `patient-export`, `group-export`.
  const onSystem = capability?.operation(undefined, `${level.toLowerCase()}-export`);
  return onSystem === true || capability?.operation(level, 'export');
}

/**
 * Whether a bulk export is worth offering. Unknown counts as allowed: the server decides in the end.
 *
 * @see https://learn.microsoft.com/azure/healthcare-apis/configure-azure-rbac
 */
export function mayExport(known: {
  readonly scopes: readonly string[] | undefined;
  readonly roles?: readonly string[] | undefined;
  readonly capability: Capability | undefined;
  readonly pending?: boolean;
}): MayExport {
  const pending = known.pending ?? false;
  const levels = LEVELS.filter((level) => declares(known.capability, level) !== false);
  const declared = LEVELS.some((level) => declares(known.capability, level) === true);
  const facts = { pending, levels, declared };
  const scopes = (known.scopes ?? []).map(parseScope).filter((scope) => scope !== undefined);
  const reads = scopes.filter(
    ({ context, actions }) => context !== 'patient' && actions.includes('r'),
  );
  // Scopes for one patient cannot reach beyond that patient.
  if (scopes.length > 0 && reads.length === 0) {
    return { allowed: false, reason: 'scope', ...facts };
  }
  const roles = (known.roles ?? []).filter((role) => ROLE.test(role));
  if (roles.length > 0 && !roles.some((role) => EXPORTER.test(role))) {
    return { allowed: false, reason: 'role', ...facts };
  }
  if (levels.length === 0) return { allowed: false, reason: 'capability', ...facts };
  return { allowed: true, ...facts };
}

/** {@link mayExport} for the session and server in use. */
export function useMayExport(): MayExport {
  const { session } = useFhir();
  return mayExport({ scopes: session.scopes, roles: session.roles, ...useCapability() });
}
