import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { securityHeaders } from '#config/hosting.ts';
import { parseConfig } from '#config/load.ts';
import { ConfigError } from '#lib/app-error.ts';
import { loopbackWarnings } from './loopback.ts';
import { options } from './options.ts';
import { packageFiles, readSiteConfig } from './package.ts';
import { licenceOf, type Sbom } from './sbom.ts';
import { sourceStamp, STAMP } from './source-stamp.ts';
import type { Tree } from './tree.ts';
import { zipped } from './zip.ts';

const CONFIG = {
  servers: [
    {
      id: 'ahds',
      label: 'AHDS',
      fhirBaseUrl: 'https://fhir.example/r4',
      auth: { type: 'entra', clientId: 'c', tenantId: 't' },
    },
  ],
  embedding: { frameAncestors: ['https://ehr.example'] },
};

let folder: string;
let root: Tree;
let below: Tree;

const path = (name: string): string => join(folder, name);
const text = (tree: Tree, name: string): string => tree.get(name)?.toString('utf8') ?? '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'package-test-'));
  writeFileSync(path('site.json'), JSON.stringify(CONFIG));
  // What a build looks like: the real one takes seconds and is the end-to-end tests' business.
  mkdirSync(path('build/assets'), { recursive: true });
  const script = 'src="/__base_path__/assets/index-a1.js"';
  writeFileSync(path('build/index.html'), `<!doctype html>${' '.repeat(600)}<script ${script}>`);
  writeFileSync(path('build/redirect.html'), '<!doctype html><title>redirect</title>');
  writeFileSync(path('build/config.example.json'), '{}');
  writeFileSync(path('build/assets/index-a1.js'), `go("/__base_path__/");//${'x'.repeat(600)}`);
  writeFileSync(path(`build/${STAMP}`), sourceStamp());
  const site = readSiteConfig(path('site.json'));
  root = await packageFiles(site, { base: '/', build: path('build') });
  below = await packageFiles(site, { base: '/sub/path/', build: path('build') });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

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

  it('is made for its path from the same build', () => {
    expect(text(root, 'assets/index-a1.js')).toMatch(/^go\("\/"\)/);
    expect(text(below, 'assets/index-a1.js')).toMatch(/^go\("\/sub\/path\/"\)/);
    expect(text(below, 'index.html')).toContain('src="/sub/path/assets/index-a1.js"');
    expect(JSON.parse(text(below, '_host/site.json'))).toEqual({ base: '/sub/path/' });
    expect(text(below, '_host/nginx.conf')).toContain('rewrite ^ /sub/path/index.html break;');
    expect([...below.values()].join('')).not.toContain('__base_path__');
    // Static Web Apps cannot host below a path.
    expect(below.has('staticwebapp.config.json')).toBe(false);
  });

  it('gives every web server the same headers', () => {
    const { config } = readSiteConfig(path('site.json'));
    for (const page of ['app', 'redirect'] as const) {
      const policy = securityHeaders(config, { page, https: true })['Content-Security-Policy'];
      for (const file of ['web.config', '_host/nginx.conf', 'staticwebapp.config.json'])
        expect(text(root, file), `${file}, ${page}`).toContain(`"${policy}"`);
    }
    const app = securityHeaders(config, { page: 'app', https: true });
    const { globalHeaders } = JSON.parse(text(root, 'staticwebapp.config.json')) as {
      globalHeaders: Record<string, string>;
    };
    expect(globalHeaders).toEqual({ ...app, 'Cache-Control': 'no-store' });
    for (const [name, value] of Object.entries(app))
      expect(text(root, 'web.config')).toContain(`<add name="${name}" value="${value}" />`);
  });

  it('needs nothing but Node to be served', () => {
    const imports = [...text(root, '_host/server.mjs').matchAll(/^import .*? from "(.+)";$/gm)];
    expect(imports.length).toBeGreaterThan(0);
    expect(imports.filter(([, from]) => !from?.startsWith('node:'))).toEqual([]);
  });

  it('lists what it is made of', () => {
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

  it('has its licences listed: `npm run package -- --licences` makes the page anew', () => {
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

  it('is the same zip for the same files, whatever the clock says', () => {
    const zip = zipped(root);
    expect(Buffer.from(zipped(new Map([...root].toReversed()))).equals(zip)).toBe(true);
    expect(Object.keys(unzipSync(zip))).toHaveLength(root.size);
  });

  // nginx and IIS tell versions of a file apart by its time (and nginx by its size): with one time
  // for all, a browser would never be given a changed config.json.
  it('gives another time to a file whose content is another', () => {
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

describe('a wrong wish is refused', () => {
  it('in the configuration, with every problem and its path', () => {
    writeFileSync(path('wrong.json'), '{"servers":[{"id":"a b","label":"A"}],"aple":1}');
    const problems = (): readonly unknown[] => {
      try {
        readSiteConfig(path('wrong.json'));
      } catch (error) {
        if (error instanceof ConfigError) return error.problems.map((p) => p.path);
      }
      return [];
    };
    expect(problems()).toEqual([
      'servers[0].id',
      'servers[0].fhirBaseUrl',
      'servers[0].auth',
      'aple',
    ]);
  });

  it('in a placeholder that was not filled in', () => {
    const [server] = CONFIG.servers;
    const auth = { ...server?.auth, clientId: '<CLIENT_ID>' };
    writeFileSync(path('half.json'), JSON.stringify({ ...CONFIG, servers: [{ ...server, auth }] }));
    expect(() => readSiteConfig(path('half.json'))).toThrow(
      new ConfigError([
        { path: 'servers[0].auth.clientId', message: 'still holds the placeholder <CLIENT_ID>' },
      ]),
    );
  });

  it('in the ids of the example, and in all that is wrong at once', () => {
    const example = readFileSync('public/config.example.json', 'utf8');
    writeFileSync(path('example.json'), example);
    expect(() => readSiteConfig(path('example.json'))).toThrow(/clientId.*; .*tenantId/);
    const [server] = CONFIG.servers;
    const auth = { type: 'entra', clientId: '<CLIENT_ID>', tenantId: '<TENANT_ID>' };
    const all = { ...CONFIG, servers: [{ ...server, auth }] };
    writeFileSync(path('all.json'), JSON.stringify(all));
    expect(() => readSiteConfig(path('all.json'))).toThrow(/tenantId.*<CLIENT_ID>/);
  });

  it('in an option that there is not', () => {
    expect(() => options(['--conifg', 'site.json'])).toThrow('npm run package -- --config');
  });

  it('in a base that is the address of the capability statement', () => {
    const [server] = CONFIG.servers;
    const fhirBaseUrl = 'https://fhir.example/metadata';
    writeFileSync(path('m.json'), JSON.stringify({ servers: [{ ...server, fhirBaseUrl }] }));
    expect(() => readSiteConfig(path('m.json'))).toThrow(/fhirBaseUrl: .*without \/metadata/);
  });

  it('but an address of the own machine, which is right for a trial, is warned of', () => {
    const [server] = CONFIG.servers;
    const fhirBaseUrl = 'http://localhost:8080/fhir';
    const auth = { type: 'smart', clientId: 'c', endpointOrigins: ['https://127.0.0.1:9443'] };
    expect(loopbackWarnings(parseConfig(CONFIG))).toEqual([]);
    const found = loopbackWarnings(parseConfig({ servers: [{ ...server, fhirBaseUrl, auth }] }));
    expect(found.map((text) => text.split(' is ')[0])).toEqual([
      'Warning: servers[0].fhirBaseUrl: http://localhost:8080/fhir',
      'Warning: servers[0].auth.endpointOrigins[0]: https://127.0.0.1:9443',
    ]);
  });

  it('but a file that a Windows editor wrote is taken', () => {
    writeFileSync(path('bom.json'), `\uFEFF${JSON.stringify(CONFIG)}`);
    expect(readSiteConfig(path('bom.json')).text).toBe(JSON.stringify(CONFIG));
  });

  it('in a file that is no JSON, or none', () => {
    writeFileSync(path('broken.json'), '{');
    expect(() => readSiteConfig(path('broken.json'))).toThrow(ConfigError);
    expect(() => readSiteConfig(path('missing.json'))).toThrow(/cannot be read/);
  });

  it.each(['/a b/', '/../', "/'/", '/${x}/', '/a//b/'])('in the base %s', (base) =>
    expect(() => options(['--config', 'x', '--base', base])).toThrow(/--base/),
  );

  it.each([
    ['/', '/'],
    ['sub/path', '/sub/path/'],
    ['/sub/path/', '/sub/path/'],
  ])('but the base %s is %s', (base, expected) =>
    expect(options(['--config', 'x', '--base', base])).toMatchObject({ base: expected }),
  );

  it('in a build that was made for another path', async () => {
    mkdirSync(path('other'));
    writeFileSync(path('other/index.html'), '<script src="/assets/x.js">');
    const made = packageFiles(readSiteConfig(path('site.json')), {
      base: '/',
      build: path('other'),
    });
    await expect(made).rejects.toThrow(/one path only/);
  });

  // The version and the list of parts would be of the new sources, the app itself of the old ones.
  it.each([
    ['of other sources', 'another'],
    ['that does not say of what', undefined],
  ])('in a kept build %s', async (_what, stamp) => {
    const build = mkdtempSync(path('kept-'));
    writeFileSync(join(build, 'index.html'), '<script src="/__base_path__/assets/x.js">');
    if (stamp) writeFileSync(join(build, STAMP), stamp);
    const made = packageFiles(readSiteConfig(path('site.json')), { base: '/', build });
    await expect(made).rejects.toThrow(/other sources/);
  });

  it('in a folder for the build that holds other things, which building would remove', async () => {
    const build = mkdtempSync(path('full-'));
    writeFileSync(join(build, 'thesis.txt'), 'twelve years of work');
    const made = packageFiles(readSiteConfig(path('site.json')), { base: '/', build });
    await expect(made).rejects.toThrow(/holds other files/);
    expect(readFileSync(join(build, 'thesis.txt'), 'utf8')).toBe('twelve years of work');
  });
});
