import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { dirname } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { packageFiles, readSiteConfig } from '../package.ts';
import { testBuild } from '../test-build.ts';

it('the server keeps an idle connection longer than the proxies in front of it', async () => {
  const { path, remove } = testBuild();
  onTestFinished(remove);
  const site = readSiteConfig(path('site.json'));
  for (const [name, content] of await packageFiles(site, { base: '/', build: path('build') })) {
    mkdirSync(dirname(path(`site/${name}`)), { recursive: true });
    writeFileSync(path(`site/${name}`), content);
  }
  const server = spawn(process.execPath, [path('site/_host/server.mjs')], {
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1' },
  });
  onTestFinished(() => void server.kill());
  const port = await new Promise<string>((resolve) => {
    server.stdout.on('data', (line: Buffer) => {
      const found = /port (\d+)/.exec(String(line))?.[1];
      if (found) resolve(found);
    });
  });
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const kept = await new Promise((resolve, reject) => {
    get(`http://127.0.0.1:${port}/`, { agent }, (response) => {
      resolve(response.headers['keep-alive']);
      response.resume();
    }).on('error', reject);
  });
  expect(kept).toBe('timeout=95');
}, 60_000);
