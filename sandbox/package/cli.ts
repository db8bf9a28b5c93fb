import { writeFileSync } from 'node:fs';
import { ConfigError } from '#lib/app-error.ts';
import { builtApp } from './build.ts';
import { bundledPackages, licencesPage } from './licences.ts';
import { loopbackWarnings } from './loopback.ts';
import { options, type Options } from './options.ts';
import { packageFiles, readSiteConfig } from './package.ts';
import { sbom } from './sbom.ts';
import { sizeWarnings } from './static-web-app.ts';
import { zipped } from './zip.ts';

const LICENCES = 'docs/licences.md';

/** `npm run package`: makes the zip for a site. See `docs/deploy/`. */
async function main(o: Options): Promise<void> {
  if (o.command === 'licences') {
    const built = (await builtApp('/')).get('licences.txt')?.toString('utf8') ?? '';
    writeFileSync(LICENCES, licencesPage(sbom(), bundledPackages(built)));
    process.stdout.write(`${LICENCES}\n`);
    return;
  }
  const site = readSiteConfig(o.config);
  for (const warning of loopbackWarnings(site.config)) process.stderr.write(`${warning}\n`);
  const files = await packageFiles(site, { base: o.base, build: o.build });
  for (const warning of sizeWarnings(files)) process.stderr.write(`${warning}\n`);
  const zip = zipped(files);
  writeFileSync(o.out, zip);
  const size = (zip.length / 1024).toFixed(0);
  process.stdout.write(`${o.out}: ${files.size} files, ${size} KB, for ${o.base}\n`);
}

function explained(error: unknown): string {
  if (!(error instanceof ConfigError))
    return error instanceof Error ? error.message : String(error);
  const problems = error.problems.map(({ path, message }) => `  ${path}: ${message}`);
  return ['The configuration is wrong; nothing was written.', ...problems].join('\n');
}

try {
  await main(options(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${explained(error)}\n`);
  process.exitCode = 1;
}
