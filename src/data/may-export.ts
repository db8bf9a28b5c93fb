import type { Capability } from '#fhir/permissions/capability.ts';
import type { ExportLevel } from '#fhir/bulk-export/bulk-export-url.ts';
import { resourceScopes } from '#fhir/permissions/scopes.ts';
import { ROLE, useCapability, type Can, type KnownRights } from './capability.ts';
import { useFhir } from './fhir-context.ts';

const LEVELS: readonly ExportLevel[] = ['system', 'Patient', 'Group'];

/** The roles among {@link ROLE} that include the export action. */
const EXPORTER = /^FHIR Data (Contributor|Exporter)$|^(global(Admin|Writer|Exporter)|smartUser)$/i;

export interface MayExport extends Can {
  /** The levels that the server declares, or may support without declaring them. */
  readonly levels: readonly ExportLevel[];
  /** Whether the server declares at least one level explicitly. */
  readonly declared: boolean;
}

/**
 * Whether the CapabilityStatement declares an export level. Undefined if it lists no operations, or
 * says only that the server follows the Bulk Data guide
 * (https://hl7.org/fhir/uv/bulkdata/operations.html).
 */
function declares(capability: Capability | undefined, level: ExportLevel): boolean | undefined {
  const said = named(capability, level);
  return said === false && capability?.bulkData ? undefined : said;
}

function named(capability: Capability | undefined, level: ExportLevel): boolean | undefined {
  if (level === 'system') return capability?.operation(undefined, 'export');
  // Microsoft's servers declare all three at system level: `export`, `patient-export`,
  // `group-export`.
  const onSystem = capability?.operation(undefined, `${level.toLowerCase()}-export`);
  return onSystem === true || capability?.operation(level, 'export');
}

/**
 * Whether to offer a bulk export. Unknown counts as allowed: the server has the last word.
 *
 * @see https://learn.microsoft.com/azure/healthcare-apis/configure-azure-rbac
 */
export function mayExport(known: KnownRights): MayExport {
  const pending = known.pending ?? false;
  const levels = LEVELS.filter((level) => declares(known.capability, level) !== false);
  const declared = LEVELS.some((level) => declares(known.capability, level) === true);
  const facts = { pending, levels, declared };
  const scopes = resourceScopes(known.scopes);
  const reads = scopes.filter(
    ({ context, actions }) => context !== 'patient' && actions.includes('r'),
  );
  // `patient/` scopes cover one patient only, a bulk export covers many.
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

/** Calls {@link mayExport} for the current session and server. */
export function useMayExport(): MayExport {
  const { session } = useFhir();
  return mayExport({ scopes: session.scopes, roles: session.roles, ...useCapability() });
}
