import { expect, it } from 'vitest';
import { parseConfig } from '#config/load.ts';
import { nginxConf } from './nginx.ts';
import { rulesOf } from './rules.ts';

/** nginx reads a configuration in blocks of this size, and a parameter must fit into one. */
const LONGEST = 4095;

const site = (issuers: number) =>
  rulesOf(
    parseConfig({
      smartLaunch: {
        issuers: Array.from({ length: issuers }, (_, i) => ({
          iss: `https://fhir.hospital-${i}.example-health.org/api/FHIR/R4`,
          label: `Hospital ${i}`,
          clientId: 'c',
        })),
      },
      embedding: {
        frameAncestors: Array.from(
          { length: issuers },
          (_, i) => `https://ehr.hospital-${i}.example-health.org`,
        ),
      },
    }),
    '/',
    ['index.html', 'redirect.html', 'config.json'],
    [],
  );

/** Returns the value of a map's variable, with the variables in it replaced as nginx does. */
function valueOf(conf: string, variable: string, uri: 'default' | '/redirect.html'): string {
  const map = conf.split(`map $uri $${variable} {`)[1]?.split('\n}')[0] ?? '';
  const value = map.split('\n').find((line) => line.trim().startsWith(`${uri} `));
  return (value ?? '')
    .replace(/^ *\S+ "|";$/g, '')
    .replace(/\$(pb_\w+)/g, (_, name: string) => valueOf(conf, name, uri));
}

it.each([2, 50, 400])('nginx.conf keeps the policy readable for nginx with %i EHRs', (issuers) => {
  const rules = site(issuers);
  const conf = nginxConf(rules);
  const longest = Math.max(...[...conf.matchAll(/"[^"\n]*"/g)].map(([text]) => text.length));
  expect(longest).toBeLessThan(LONGEST);
  const policy = 'Content-Security-Policy';
  for (const [page, uri] of [
    ['app', 'default'],
    ['redirect', '/redirect.html'],
  ] as const)
    expect(valueOf(conf, 'pb_content_security_policy', uri)).toBe(rules.headers[page][policy]);
});
