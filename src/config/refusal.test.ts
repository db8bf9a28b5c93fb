import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { keepEarly } from '#lib/early-answers.ts';
import { loadConfig } from './fetch-config.ts';

let body: string | Buffer | undefined = '';
let status = 200;
const server = createServer((_request, answer) => {
  if (body !== undefined) answer.writeHead(status).end(body);
});
beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  vi.stubGlobal('location', new URL(`http://127.0.0.1:${port}/`));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  vi.unstubAllGlobals();
});

const said = (limit?: number): Promise<unknown> =>
  loadConfig(limit).then(
    () => undefined,
    (error: Error) => error.message,
  );

describe('loading config.json', () => {
  it.each<[string, string | Buffer, string]>([
    [
      'a page',
      '<!doctype html><title>x</title>',
      'is a web page: the file is not on the web server',
    ],
    ['nothing', ' \n', 'is empty'],
    ['UTF-16', Buffer.from('\uFEFF{"servers":[]}', 'utf16le'), 'is not saved as UTF-8'],
    [
      'a comma too many',
      '{\n "servers": [],\n}',
      'line 3, column 1: no comma may stand before a closing bracket',
    ],
    ['no object', '[]', 'must be an object in curly brackets'],
  ])('reports %s', async (_what, sent, message) => {
    body = sent;
    expect(await said()).toBe(`config.json: ${message}`);
  });

  it('reports a missing file', async () => {
    status = 404;
    body = '<!doctype html>';
    expect(await said()).toMatch(/the web server answered 404$/);
    status = 200;
  });

  it('accepts a UTF-8 byte order mark', async () => {
    body =
      '\uFEFF{"smartLaunch":{"issuers":[{"iss":"https://a.example","label":"A","clientId":"c"}]}}';
    expect(await said()).toBeUndefined();
  });

  it('reports a web server that does not respond', async () => {
    body = undefined;
    expect(await said(20)).toMatch(/the web server took too long$/);
    keepEarly(`${location.origin}/config.json`, Promise.reject(new TypeError('Failed to fetch')));
    expect(await said()).toMatch(/the network or the web server did not answer$/);
  });
});

describe('loading config.json if the chunk with the explanation cannot be loaded', () => {
  beforeAll(() => {
    vi.resetModules();
    vi.doMock('./refusal.ts', () => {
      throw new TypeError('Failed to fetch dynamically imported module');
    });
  });
  afterAll(() => {
    vi.doUnmock('./refusal.ts');
  });

  const told = async (sent: string | undefined, limit?: number): Promise<unknown> => {
    body = sent;
    const { loadConfig: load } = await import('./fetch-config.ts');
    const { ConfigError } = await import('#lib/app-error.ts');
    try {
      await load(limit);
      return undefined;
    } catch (error) {
      return error instanceof ConfigError && error.problems;
    }
  };

  it.each<[string, string | undefined, string]>([
    ['a web server that is slow', undefined, 'could not be fetched: the web server took too long'],
    [
      'a network that goes after a broken file',
      '{',
      'could not be checked: the network or the web server did not answer',
    ],
  ])('reports without the chunk %s', async (_what, sent, message) => {
    expect(await told(sent, sent === undefined ? 20 : undefined)).toEqual([
      { path: 'config.json', message },
    ]);
  });

  it('reports a missing network', async () => {
    const { keepEarly: keep } = await import('#lib/early-answers.ts');
    keep(`${location.origin}/config.json`, Promise.reject(new TypeError('Failed to fetch')));
    expect(await told('')).toEqual([
      {
        path: 'config.json',
        message: 'could not be fetched: the network or the web server did not answer',
      },
    ]);
  });
});
