import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseConfig } from '#config/load.ts';
import { ConfigError } from '#lib/app-error.ts';
import { loopbackWarnings } from './loopback.ts';
import { options } from './options.ts';
import { packageFiles, readSiteConfig } from './package.ts';
import { STAMP } from './source-stamp.ts';
import { CONFIG, testBuild } from './test-build.ts';

const { path, remove } = testBuild();
afterAll(remove);

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

  it('in an id that was not copied whole', () => {
    const [server] = CONFIG.servers;
    const auth = { ...server?.auth, clientId: '3f0d2a8b-1c4e-4f5a-9b6c-7d8e9f0a1b2' };
    writeFileSync(path('id.json'), JSON.stringify({ servers: [{ ...server, auth }] }));
    expect(() => readSiteConfig(path('id.json'))).toThrow(/servers\[0\]\.auth\.clientId: is no/);
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
    expect(() => readSiteConfig(path('broken.json'))).toThrow(/line 1, column 2: the file ends/);
    writeFileSync(path('utf16.json'), Buffer.from(JSON.stringify(CONFIG), 'utf16le'));
    expect(() => readSiteConfig(path('utf16.json'))).toThrow(/not saved as UTF-8/);
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
