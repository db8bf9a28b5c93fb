import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseConfig } from '#config/load.ts';
import { ConfigError } from '#lib/app-error.ts';
import { loopbackWarnings } from './loopback.ts';
import { options } from './options.ts';
import { packageFiles, readSiteConfig } from './package.ts';
import { STAMP } from './source-stamp.ts';
import { sizeWarnings } from './static-web-app.ts';
import { CONFIG, testBuild } from './test-build.ts';

const { path, remove } = testBuild();
afterAll(remove);

describe('packaging', () => {
  it('refuses an invalid configuration and reports every problem with its path', () => {
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

  it('refuses a configuration with a placeholder', () => {
    const [server] = CONFIG.servers;
    const auth = { ...server?.auth, clientId: '<CLIENT_ID>' };
    writeFileSync(path('half.json'), JSON.stringify({ ...CONFIG, servers: [{ ...server, auth }] }));
    expect(() => readSiteConfig(path('half.json'))).toThrow(
      new ConfigError([
        { path: 'servers[0].auth.clientId', message: 'still holds the placeholder <CLIENT_ID>' },
      ]),
    );
  });

  it('refuses the ids of the example, and reports all problems at once', () => {
    const example = readFileSync('public/config.example.json', 'utf8');
    writeFileSync(path('example.json'), example);
    expect(() => readSiteConfig(path('example.json'))).toThrow(/clientId.*; .*tenantId/);
    const [server] = CONFIG.servers;
    const auth = { type: 'entra', clientId: '<CLIENT_ID>', tenantId: '<TENANT_ID>' };
    const all = { ...CONFIG, servers: [{ ...server, auth }] };
    writeFileSync(path('all.json'), JSON.stringify(all));
    expect(() => readSiteConfig(path('all.json'))).toThrow(/tenantId.*<CLIENT_ID>/);
  });

  it('refuses an id that was not copied completely', () => {
    const [server] = CONFIG.servers;
    const auth = { ...server?.auth, clientId: '3f0d2a8b-1c4e-4f5a-9b6c-7d8e9f0a1b2' };
    writeFileSync(path('id.json'), JSON.stringify({ servers: [{ ...server, auth }] }));
    expect(() => readSiteConfig(path('id.json'))).toThrow(/servers\[0\]\.auth\.clientId: is no/);
  });

  it('refuses an unknown option', () => {
    expect(() => options(['--conifg', 'site.json'])).toThrow('npm run package -- --config');
  });

  it('refuses a FHIR base that is the address of the capability statement', () => {
    const [server] = CONFIG.servers;
    const fhirBaseUrl = 'https://fhir.example/metadata';
    writeFileSync(path('m.json'), JSON.stringify({ servers: [{ ...server, fhirBaseUrl }] }));
    expect(() => readSiteConfig(path('m.json'))).toThrow(/fhirBaseUrl: .*without \/metadata/);
  });

  it('warns of a loopback address, but accepts it', () => {
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

  it('warns of a configuration file that is too large for Static Web Apps', () => {
    const tree = (size: number) =>
      new Map([['staticwebapp.config.json', Buffer.from('ä'.repeat(size / 2))]]);
    expect(sizeWarnings(tree(20_000))).toEqual([]);
    expect(sizeWarnings(tree(20_002))).toEqual([
      'Warning: staticwebapp.config.json: 20002 bytes, but Azure Static Web Apps accepts at most 20 KB',
    ]);
    expect(sizeWarnings(new Map()), 'below a path there is no such file').toEqual([]);
  });

  it('accepts a configuration with a byte order mark', () => {
    writeFileSync(path('bom.json'), `\uFEFF${JSON.stringify(CONFIG)}`);
    expect(readSiteConfig(path('bom.json')).text).toBe(JSON.stringify(CONFIG));
  });

  it('refuses a configuration that is not JSON, not UTF-8 or missing', () => {
    writeFileSync(path('broken.json'), '{');
    expect(() => readSiteConfig(path('broken.json'))).toThrow(/line 1, column 2: the file ends/);
    writeFileSync(path('utf16.json'), Buffer.from(JSON.stringify(CONFIG), 'utf16le'));
    expect(() => readSiteConfig(path('utf16.json'))).toThrow(/not saved as UTF-8/);
    expect(() => readSiteConfig(path('missing.json'))).toThrow(/cannot be read/);
  });

  it.each(['/a b/', '/../', "/'/", '/${x}/', '/a//b/'])('refuses the base path %s', (base) =>
    expect(() => options(['--config', 'x', '--base', base])).toThrow(/--base/),
  );

  it.each([
    ['/', '/'],
    ['sub/path', '/sub/path/'],
    ['/sub/path/', '/sub/path/'],
  ])('reads the base path %s as %s', (base, expected) =>
    expect(options(['--config', 'x', '--base', base])).toMatchObject({ base: expected }),
  );

  it('refuses a kept build that was made for one base path only', async () => {
    mkdirSync(path('other'));
    writeFileSync(path('other/index.html'), '<script src="/assets/x.js">');
    const made = packageFiles(readSiteConfig(path('site.json')), {
      base: '/',
      build: path('other'),
    });
    await expect(made).rejects.toThrow(/one path only/);
  });

  // Otherwise the version and the list of parts would be of the new sources, the app of the old.
  it.each([
    ['of other sources', 'another'],
    ['that does not say of what', undefined],
  ])('refuses, by its source stamp, a kept build %s', async (_what, stamp) => {
    const build = mkdtempSync(path('kept-'));
    writeFileSync(join(build, 'index.html'), '<script src="/__base_path__/assets/x.js">');
    if (stamp) writeFileSync(join(build, STAMP), stamp);
    const made = packageFiles(readSiteConfig(path('site.json')), { base: '/', build });
    await expect(made).rejects.toThrow(/other sources/);
  });

  it('refuses to build into a folder with other files, and keeps the files', async () => {
    const build = mkdtempSync(path('full-'));
    writeFileSync(join(build, 'thesis.txt'), 'twelve years of work');
    const made = packageFiles(readSiteConfig(path('site.json')), { base: '/', build });
    await expect(made).rejects.toThrow(/holds other files/);
    expect(readFileSync(join(build, 'thesis.txt'), 'utf8')).toBe('twelve years of work');
  });
});
