import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { heldScripts, withoutScripts } from '../sandbox/host/index-page.ts';
import type { Check } from './check.ts';

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

/** Code that must not appear in the production build, each with the name of its check. */
const FORBIDDEN: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['no eval (requirement 62)', /(?<![\w$.])eval\s*\(/],
  ['no new Function (62)', /new\s+Function\s*\(|(?<![\w$.])Function\s*\(\s*["'`]/],
  ['no document.write (62)', /document\.write(ln)?\s*\(/],
  ['no insertAdjacentHTML (62)', /insertAdjacentHTML/],
  ['no token shortcut of the development build (66)', /fakeTokenResponse\s*:\s*\{/],
  ['no source map reference (66)', /\/[/*][#@]\s*sourceMappingURL=/],
  ['no sandbox code (66)', /oidc-provider|startSandbox|contoso-tenant/i],
  ['no service worker (67)', /serviceWorker\.register\s*\(/],
];

/**
 * Addresses that are identifiers only (XML and JSON namespaces, terminology systems, documentation
 * in error texts) and are never fetched. Real requests are covered by the end-to-end tests, which
 * fail on a request to any other origin, and by the Content-Security-Policy.
 */
const IDENTIFIERS = [
  /^https?:\/\/(www\.)?w3\.org\//,
  /^https?:\/\/([\w-]+\.)*hl7\.org(\/|$)/,
  /^https?:\/\/(loinc|snomed|unitsofmeasure)\.(info|org)/,
  /^https?:\/\/(www\.)?(nlm\.nih\.gov|nucc\.org|ama-assn\.org|whocc\.no|fhir\.org|iana\.org)/,
];

/** Matches markup, styles and imports that load from another host; none is allowed. */
const LOADS = [
  /(?:src|href|action)\s*=\s*["']?(https?:)?\/\/[^"'\s>]+/gi,
  /@import\s+(?:url\()?["']?(https?:)?\/\/[^"')\s]+/gi,
  /url\(\s*["']?(https?:)?\/\/[^"')\s]+/gi,
  /\bimport\s*\(\s*["']https?:\/\/[^"']+/gi,
];

function thirdParty(text: string): string[] {
  return LOADS.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[0])).filter(
    (hit) => !IDENTIFIERS.some((known) => known.test(hit.replace(/^.*?(https?:)/, '$1'))),
  );
}

const found = (name: string, hits: readonly string[]): Check => ({
  name,
  ok: hits.length === 0,
  detail: hits.slice(0, 5).join('; '),
});

/** Searches the build for forbidden content, and the lock file for the name of any host. */
export function distChecks(dist: string): Check[] {
  const all = walk(dist).filter((file) => !file.includes('.vite'));
  const texts = all
    .filter((file) => /\.(js|mjs|css|html|json|svg)$/.test(file))
    .map((file) => ({ file: relative(dist, file), text: readFileSync(file, 'utf8') }));
  const scripts = texts.filter(({ file }) => /\.m?js$|^index\.html$/.test(file));
  const html = texts.filter(({ file }) => file.endsWith('.html'));

  const maps = all.filter((file) => file.endsWith('.map'));
  const foreign = [...html, ...texts.filter(({ file }) => file.endsWith('.css'))].flatMap(
    ({ file, text }) => thirdParty(text).map((hit) => `${file}: ${hit}`),
  );
  // Only the early script may be inline, because the policy names its hash. Its code is left out of
  // the search, because strings in it may look like markup.
  const inline = html.filter(({ file, text }) => {
    const held = file === 'index.html' && text.includes('<script data-server=""') ? 1 : 0;
    const more = /<style[\s>]|\son\w+\s*=|\sstyle\s*=/i.test(withoutScripts(text));
    return more || heldScripts(text).length !== held || (file === 'index.html' && held === 0);
  });
  const lock = readFileSync('package-lock.json', 'utf8');
  const resolved = [...lock.matchAll(/"resolved":\s*"([^"]+)"/g)].map((match) => match[1] ?? '');

  return [
    ...FORBIDDEN.map(([name, pattern]) =>
      found(
        name,
        scripts.filter(({ text }) => pattern.test(text)).map(({ file }) => file),
      ),
    ),
    found('no source map (66)', maps),
    found('no third-party origin in markup and style (65)', foreign),
    found(
      'no inline script but one, no style, no handler (60)',
      inline.map(({ file }) => file),
    ),
    found('lock file names no host', [...new Set(resolved)].slice(0, 3)),
    {
      name: 'index.html is there',
      ok: all.some((file) => relative(dist, file) === 'index.html' && statSync(file).size > 0),
      detail: '',
    },
  ];
}
