import { readFileSync } from 'node:fs';
import { parseConfig } from '#config/load.ts';
import { malformedIds } from '#config/malformed-ids.ts';
import { parseText } from '#config/parse-text.ts';
import { placeholdersIn, textsIn } from '#config/placeholder.ts';
import type { AppConfig } from '#config/schema.ts';
import { ConfigError, type ConfigProblem } from '#lib/app-error.ts';
import { inlineScripts, pageFor } from '../host/index-page.ts';
import { builtApp } from './build.ts';
import { bundledServer } from './bundle-server.ts';
import { compressedForms } from './compress.ts';
import { HOST_FOLDER, type SiteFile } from './layout.ts';
import { nginxConf } from './nginx.ts';
import { rulesOf } from './rules.ts';
import { sbom } from './sbom.ts';
import { staticWebApp } from './static-web-app.ts';
import type { Tree } from './tree.ts';
import { webConfig } from './web-config.ts';

/** A configuration: its text and the parsed result. */
export interface SiteConfig {
  readonly text: string;
  readonly config: AppConfig;
}

/**
 * Reads and checks a configuration.
 *
 * @throws {ConfigError} with every problem
 */
export function readSiteConfig(path: string): SiteConfig {
  const refuse = (message: string, cause: unknown): never => {
    throw new ConfigError([{ path, message }], { cause });
  };
  const text = readText(path, refuse);
  const value = parseText(text, refuse);
  const problems: ConfigProblem[] = [...leftIn(value)];
  try {
    const config = parseConfig(value);
    problems.push(...malformedIds(config));
    if (problems.length === 0) return { text, config };
  } catch (refused) {
    if (!(refused instanceof ConfigError)) throw refused;
    problems.unshift(...refused.problems);
  }
  throw new ConfigError(problems);
}

function readText(path: string, refuse: (message: string, cause: unknown) => never): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    return refuse(`cannot be read: ${String(cause)}`, cause);
  }
}

/** Returns mistakes that the app itself accepts, but with which signing in or searching fails. */
function leftIn(value: unknown): readonly ConfigProblem[] {
  const placeholders = placeholdersIn(value).map((p) => ({
    path: p.path,
    message: `still holds the placeholder ${p.value}`,
  }));
  // The Azure portal shows the address with /metadata as the "FHIR metadata endpoint".
  const metadata = textsIn(value)
    .filter((t) => /(?:fhirBaseUrl|iss)$/.test(t.path) && /\/metadata\/*$/.test(t.value))
    .map((t) => ({ path: t.path, message: `must be the base, without /metadata` }));
  return [...placeholders, ...metadata];
}

/**
 * Returns all files of the package of a site.
 *
 * @param o.base base path of the app, with slashes at both ends
 * @param o.build folder of a build to use again, or to keep the build in
 */
export async function packageFiles(
  site: SiteConfig,
  o: { readonly base: string; readonly build?: string | undefined },
): Promise<Tree> {
  const { 'config.example.json': _example, ...built } = Object.fromEntries(
    await builtApp(o.base, o.build),
  );
  const index = pageFor(String(built['index.html']), site.config);
  const app = new Map([
    ...Object.entries(built),
    ['index.html', Buffer.from(index)] as const,
    ['config.json', Buffer.from(site.text)] as const,
  ]);
  const rules = rulesOf(site.config, o.base, app.keys(), inlineScripts(index));
  const host = (name: string): string => `${HOST_FOLDER}/${name}`;
  const made: readonly (readonly [string, string])[] = [
    ['web.config', webConfig(rules)],
    ['package.json', packageJson()],
    // Static Web Apps can host an app only at the root of an origin.
    ...(o.base === '/' ? [['staticwebapp.config.json', staticWebApp(rules)] as const] : []),
    [host('nginx.conf'), nginxConf(rules)],
    [host('server.mjs'), await bundledServer()],
    [host('site.json'), `${JSON.stringify({ base: o.base } satisfies SiteFile)}\n`],
    [host('sbom.cdx.json'), `${JSON.stringify(sbom(), null, 2)}\n`],
  ];
  return new Map([
    ...app,
    ...compressedForms(app),
    ...made.map(([path, text]) => [path, Buffer.from(text)] as const),
  ]);
}

/** Returns a `package.json` that tells a Linux plan of App Service how to start the server. */
function packageJson(): string {
  const { name, version, license } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    name: string;
    version: string;
    license: string;
  };
  const scripts = { start: `node ${HOST_FOLDER}/server.mjs` };
  // The server runs on more versions of Node than the build does.
  const engines = { node: '>=20' };
  const shipped = { name, version, private: true, license, type: 'module', engines, scripts };
  return `${JSON.stringify(shipped, null, 2)}\n`;
}
