import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { parseConfig } from '#config/load.ts';
import { inlineScripts, pageFor, withoutScripts } from './index-page.ts';

const HTML =
  '<script data-server="" data-rows="/assets/rows-a1.js">go("$&")</script><script type="module" src="/assets/a-b1.js"></script>';

const open = {
  id: 'a',
  label: 'A',
  fhirBaseUrl: 'https://fhir.example/r4',
  auth: { type: 'open' },
};
const named = (config: object): string | undefined =>
  /data-server="([^"]*)"/.exec(pageFor(HTML, parseConfig(config)))?.[1];

it('gives the hash of the inline script, the same for every server', () => {
  const hash = `'sha256-${createHash('sha256').update('go("$&")').digest('base64')}'`;
  expect(inlineScripts(HTML)).toEqual([hash]);
  expect(inlineScripts(pageFor(HTML, parseConfig({ servers: [open] })))).toEqual([hash]);
  expect(withoutScripts(HTML)).not.toContain('go(');
  expect(withoutScripts(HTML)).toContain('/assets/a-b1.js');
});

it('writes the server into the page when it is the only one and open', () => {
  expect(named({ servers: [open] })).toBe('https://fhir.example/r4');
  expect(named({ servers: [{ ...open, fhirBaseUrl: 'https://fhir.example/a>b&c$1/' }] })).toBe(
    'https://fhir.example/a&gt;b&amp;c$1',
  );
  const page = pageFor(HTML, parseConfig({ servers: [open] }));
  const other = { ...open, fhirBaseUrl: 'https://other.example' };
  expect(pageFor(page, parseConfig({ servers: [other] }))).toContain('"https://other.example"');
  expect(pageFor(page, parseConfig({ servers: [open, { ...other, id: 'b' }] }))).toBe(HTML);
});

it.each([
  ['two servers', { servers: [open, { ...open, id: 'b' }] }],
  [
    'a launch',
    {
      servers: [open],
      smartLaunch: { issuers: [{ iss: 'https://ehr.example', label: 'E', clientId: 'c' }] },
    },
  ],
  ['a token', { servers: [{ ...open, auth: { type: 'token' } }] }],
  ['a search in a body', { servers: [{ ...open, requests: { searchMethod: 'post' } }] }],
  ['a strict search', { servers: [{ ...open, requests: { strictSearch: true } }] }],
  ['headers of its own', { servers: [{ ...open, requests: { auditHeaders: { site: 'x' } } }] }],
])('writes no server into the page for a configuration with %s', (_what, config) => {
  expect(named(config)).toBe('');
});
