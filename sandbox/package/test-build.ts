import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sourceStamp, STAMP } from './source-stamp.ts';

export const CONFIG = {
  servers: [
    {
      id: 'ahds',
      label: 'AHDS',
      fhirBaseUrl: 'https://fhir.example/r4',
      auth: {
        type: 'entra',
        clientId: '3f0d2a8b-1c4e-4f5a-9b6c-7d8e9f0a1b2c',
        tenantId: 'contoso.example',
      },
    },
  ],
  embedding: { frameAncestors: ['https://ehr.example'] },
};

export interface TestBuild {
  /** Returns the path of a file in the folder of the configuration and the build. */
  path: (name: string) => string;
  remove: () => void;
}

/** Makes a folder with a configuration and an imitated build, as a real build takes seconds. */
export function testBuild(): TestBuild {
  const folder = mkdtempSync(join(tmpdir(), 'package-test-'));
  const path = (name: string): string => join(folder, name);
  writeFileSync(path('site.json'), JSON.stringify(CONFIG));
  mkdirSync(path('build/assets'), { recursive: true });
  const scripts =
    '<script data-server="">go("/__base_path__/")</script><script src="/__base_path__/assets/index-a1.js"></script>';
  writeFileSync(path('build/index.html'), `<!doctype html>${' '.repeat(600)}${scripts}`);
  writeFileSync(path('build/redirect.html'), '<!doctype html><title>redirect</title>');
  writeFileSync(path('build/config.example.json'), '{}');
  writeFileSync(path('build/assets/index-a1.js'), `go("/__base_path__/");//${'x'.repeat(600)}`);
  writeFileSync(path(`build/${STAMP}`), sourceStamp());
  return { path, remove: () => rmSync(folder, { recursive: true }) };
}
