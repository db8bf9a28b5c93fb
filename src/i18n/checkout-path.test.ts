import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { icuMessages } from '../../messages.config.ts';

let dir: string;
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('messages are found in any checkout path, even below a folder called src', () => {
  dir = mkdtempSync(join(tmpdir(), 'checkout-'));
  const root = join(dir, 'src', 'app');
  const folder = join(root, 'src', 'ui', 'messages');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'en.json'), '{"save":"Save"}');
  writeFileSync(join(folder, 'de.json'), '{"save":"Speichern"}');

  const plugin = icuMessages() as unknown as {
    configResolved(config: { root: string }): void;
    load(this: { addWatchFile(path: string): void }, id: string): string;
    transform: { handler(source: string, id: string): { code: string } };
  };
  plugin.configResolved({ root });
  const german = plugin.load.call({ addWatchFile: () => undefined }, '\0virtual:messages/first/de');
  expect(german).toContain('{"ui":["ui","Speichern"]}');
  const english = plugin.transform.handler('{"save":"Save"}', join(folder, 'en.json'));
  expect(english.code).toContain('"@":"ui"');
});
