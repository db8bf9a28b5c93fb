import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';

/** The parts of a CycloneDX document that are used here. https://cyclonedx.org/docs/1.5/json/ */
export interface Sbom {
  readonly specVersion: string;
  readonly serialNumber: string;
  readonly metadata: {
    readonly timestamp?: string;
    readonly component: { readonly name: string; readonly version: string };
  };
  readonly components: readonly SbomComponent[];
}

export interface SbomComponent {
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly licenses?: readonly {
    readonly license?: { readonly id?: string; readonly name?: string };
    readonly expression?: string;
  }[];
}

/**
 * Returns the software bill of materials of the runtime dependencies, which npm makes from the lock
 * file. It has no time and a serial number made from its content, so that the same lock file gives
 * the same bytes.
 *
 * @throws {Error} when npm fails
 */
export function sbom(): Sbom {
  const text = execFileSync(
    'npm',
    ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only'],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 64 * 1024 * 1024,
      shell: process.platform === 'win32',
    },
  );
  const { metadata, serialNumber: _random, ...rest } = JSON.parse(text) as Sbom;
  const { timestamp: _now, ...stable } = metadata;
  // The name is set here, because npm names the project after its folder.
  const component = { ...stable.component, name: 'patient-browser' };
  const document = { ...rest, metadata: { ...stable, component } };
  return { ...document, serialNumber: `urn:uuid:${uuidOf(JSON.stringify(document))}` };
}

/** Returns a UUID of version 8 (RFC 9562) made from the text. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join('-');
}

/** Returns an SPDX expression or a name; `unknown` for a package without a licence entry. */
export function licenceOf({ licenses = [] }: SbomComponent): string {
  const [first] = licenses;
  return first?.expression ?? first?.license?.id ?? first?.license?.name ?? 'unknown';
}
