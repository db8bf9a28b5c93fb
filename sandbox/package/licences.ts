import { readFileSync } from 'node:fs';
import { licenceOf, type Sbom } from './sbom.ts';

/**
 * Returns `docs/licences.md`: all runtime dependencies, direct and indirect.
 *
 * @param inBuild `name - version` of the packages whose code is in the build
 */
export function licencesPage({ components }: Sbom, inBuild: ReadonlySet<string>): string {
  const direct = new Set(directDependencies());
  const rows = components
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((component) => {
      const { name, version } = component;
      const role = direct.has(name) ? 'direct' : '';
      const travels = inBuild.has(`${name} - ${version}`) ? 'yes' : 'no';
      return [name, version, licenceOf(component), role, travels];
    });
  return `# Licences of the runtime dependencies

\`npm run package -- --licences\` makes this page from \`package-lock.json\` and a build; do not edit it. The app itself is under the [Apache License 2.0](../LICENSE).

\`licences.txt\`, which every package serves beside the app, contains the licence texts of all code that browsers download. The full bill of materials (CycloneDX) is \`_host/sbom.cdx.json\` in the package. A package with "no" in the last column is installed because a direct dependency needs it, directly or indirectly, but the build contains none of its code.

${table([['package', 'version', 'licence', '', 'in the build'], ...rows])}
`;
}

/** Returns a Markdown table with padded columns, as the formatter writes it. */
function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  const widths = head.map((_, i) =>
    Math.max(3, ...[head, ...rows].map((row) => row[i]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/**
 * Returns the bundled packages as `name - version`.
 *
 * @param text content of the file that Vite writes about the packages it bundled
 */
export function bundledPackages(text: string): Set<string> {
  return new Set(
    [...text.matchAll(/^## (.+ - \S+)(?: \(.*\))?$/gm)].map((match) => match[1] ?? ''),
  );
}

function directDependencies(): string[] {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    dependencies: Record<string, string>;
  };
  return Object.keys(dependencies);
}
