import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { securityHeaders } from '#config/hosting.ts';
import { inlineScripts } from '../host/index-page.ts';
import { packageFiles, readSiteConfig } from './package.ts';
import { licenceOf, type Sbom } from './sbom.ts';
import { CONFIG, testBuild } from './test-build.ts';
import type { Tree } from './tree.ts';
import { zipped } from './zip.ts';

const { path, remove } = testBuild();
let root: Tree;
let below: Tree;

const text = (tree: Tree, name: string): string => tree.get(name)?.toString('utf8') ?? '';

beforeAll(async () => {
  const site = readSiteConfig(path('site.json'));
  root = await packageFiles(site, { base: '/', build: path('build') });
  below = await packageFiles(site, { base: '/sub/path/', build: path('build') });
}, 60_000);
afterAll(remove);

describe('the package', () => {
  it('holds the app, its configuration and a file for each web server', () => {
    expect([...root.keys()].sort()).toEqual([
      '_host/nginx.conf',
      '_host/sbom.cdx.json',
      '_host/server.mjs',
      '_host/site.json',
      'assets/index-a1.js',
      'assets/index-a1.js.br',
      'assets/index-a1.js.gz',
      'config.json',
      'index.html',
      'index.html.br',
      'index.html.gz',
      'package.json',
      'redirect.html',
      'staticwebapp.config.json',
      'web.config',
    ]);
    expect(JSON.parse(text(root, 'config.json'))).toEqual(CONFIG);
    expect(JSON.parse(text(root, 'package.json'))).toMatchObject({
      scripts: { start: 'node _host/server.mjs' },
    });
  });

  it('is made for different base paths from the same build', () => {
    expect(text(root, 'assets/index-a1.js')).toMatch(/^go\("\/"\)/);
    expect(text(below, 'assets/index-a1.js')).toMatch(/^go\("\/sub\/path\/"\)/);
    expect(text(below, 'index.html')).toContain('src="/sub/path/assets/index-a1.js"');
    expect(JSON.parse(text(below, '_host/site.json'))).toEqual({ base: '/sub/path/' });
    expect(text(below, '_host/nginx.conf')).toContain('rewrite ^ /sub/path/index.html break;');
    expect([...below.values()].join('')).not.toContain('__base_path__');
    // Static Web Apps can host an app only at the root of an origin.
    expect(below.has('staticwebapp.config.json')).toBe(false);
  });

  it('configures the same headers for every web server', () => {
    const { config } = readSiteConfig(path('site.json'));
    const inline = inlineScripts(text(root, 'index.html'));
    expect(inline).toHaveLength(1);
    for (const page of ['app', 'redirect'] as const) {
      const policy = securityHeaders(config, { page, https: true, inline })[
        'Content-Security-Policy'
      ];
      for (const file of ['web.config', '_host/nginx.conf', 'staticwebapp.config.json'])
        expect(text(root, file), `${file}, ${page}`).toContain(`"${policy}"`);
    }
    const app = securityHeaders(config, { page: 'app', https: true, inline });
    const { globalHeaders } = JSON.parse(text(root, 'staticwebapp.config.json')) as {
      globalHeaders: Record<string, string>;
    };
    expect(globalHeaders).toEqual({ ...app, 'Cache-Control': 'no-store' });
    for (const [name, value] of Object.entries(app))
      expect(text(root, 'web.config')).toContain(`<add name="${name}" value="${value}" />`);
  });

  it('has a server that imports only modules of Node', () => {
    const imports = [...text(root, '_host/server.mjs').matchAll(/^import .*? from "(.+)";$/gm)];
    expect(imports.length).toBeGreaterThan(0);
    expect(imports.filter(([, from]) => !from?.startsWith('node:'))).toEqual([]);
  });

  it('lists its runtime dependencies with licences in a CycloneDX file', () => {
    const { bomFormat, components, metadata } = JSON.parse(text(root, '_host/sbom.cdx.json')) as {
      bomFormat: string;
      components: { name: string; licenses?: unknown[] }[];
      metadata: { component: { name: string } };
    };
    expect(bomFormat).toBe('CycloneDX');
    expect(metadata.component.name).toBe('patient-browser');
    const names = components.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['react', '@azure/msal-browser', 'fhirclient']));
    expect(names).not.toContain('vite');
    expect(components.filter(({ licenses }) => !licenses?.length)).toEqual([]);
  });

  it('has its licences in docs/licences.md (`npm run package -- --licences` updates it)', () => {
    const { components } = JSON.parse(text(root, '_host/sbom.cdx.json')) as Sbom;
    const rows = readFileSync('docs/licences.md', 'utf8').replaceAll(/ +/g, ' ').split('\n');
    const missing = components.filter(
      (component) =>
        !rows.some((row) =>
          row.startsWith(`| ${component.name} | ${component.version} | ${licenceOf(component)} |`),
        ),
    );
    expect(missing.map(({ name, version }) => `${name} ${version}`)).toEqual([]);
  });

  it('is the same zip for the same files in another order', () => {
    const zip = zipped(root);
    expect(Buffer.from(zipped(new Map([...root].toReversed()))).equals(zip)).toBe(true);
    expect(Object.keys(unzipSync(zip))).toHaveLength(root.size);
  });

  // nginx and IIS distinguish versions of a file by its time (nginx also by its size): with the
  // same time for all files, a browser would never get a changed config.json.
  it('gives a file another time when its content changes', () => {
    const times = ['{"a":1}', '{"a":2}', '{"a":1}'].map((body) => {
      const zip = Buffer.from(zipped(new Map([['config.json', Buffer.from(body)]])));
      const [time, date] = [zip.readUInt16LE(10), zip.readUInt16LE(12)];
      expect(1980 + (date >> 9)).toBeLessThan(2020);
      return `${date} ${time}`;
    });
    expect(times[0]).not.toBe(times[1]);
    expect(times[0]).toBe(times[2]);
  });
});
