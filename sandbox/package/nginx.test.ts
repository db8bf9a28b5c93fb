import { expect, it } from 'vitest';
import { parseConfig } from '#config/load.ts';
import { nginxConf } from './nginx.ts';
import { rulesOf } from './rules.ts';

/** nginx reads a configuration in blocks of this size, and a parameter must fit into one. */
const LONGEST = 4095;

const site = (issuers: number, base = '/') =>
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
    base,
    ['index.html', 'redirect.html', 'config.json'],
    [],
  );

const REDIRECT = String.raw`"~^/redirect\.html$"`;

/** Returns the value of a map's variable, with the variables in it replaced as nginx does. */
function valueOf(conf: string, variable: string, key: string): string {
  const map = conf.split(`map $uri $${variable} {`)[1]?.split('\n}')[0] ?? '';
  const value = map.split('\n').find((line) => line.trim().startsWith(`${key} `));
  return (value ?? '')
    .replace(/^ *\S+ "|";$/g, '')
    .replace(/\$(pb_\w+)/g, (_, name: string) => valueOf(conf, name, key));
}

it.each([2, 50, 400])('nginx.conf keeps the policy readable for nginx with %i EHRs', (issuers) => {
  const rules = site(issuers);
  const conf = nginxConf(rules);
  const longest = Math.max(...[...conf.matchAll(/"[^"\n]*"/g)].map(([text]) => text.length));
  expect(longest).toBeLessThan(LONGEST);
  const policy = 'Content-Security-Policy';
  for (const [page, key] of [
    ['app', 'default'],
    ['redirect', REDIRECT],
  ] as const)
    expect(valueOf(conf, 'pb_content_security_policy', key)).toBe(rules.headers[page][policy]);
});

it('nginx.conf has no map key that nginx puts into a hash table, which a long base path would not fit into', () => {
  const conf = nginxConf(site(1, '/departments/of/the/hospital/patient-browser/production/'));
  const keys = [...conf.matchAll(/^map [^\n]+\{\n(.*?)^\}/gms)].flatMap(([, body = '']) =>
    body
      .trim()
      .split('\n')
      .map((line) => line.trim().split(' ')[0]),
  );
  expect(keys.length).toBeGreaterThan(5);
  expect(keys.filter((key) => key !== 'default' && !key?.startsWith('"~^'))).toEqual([]);
});

it('nginx.conf writes no codes, launch values or addresses of other pages into the access log', () => {
  const conf = nginxConf(site(1));
  const [, format = ''] = /^log_format patient_browser ([^;]+);/m.exec(conf) ?? [];
  expect([...format.matchAll(/\$(\w+)/g)].map(([, name]) => name)).toEqual([
    'remote_addr',
    'remote_user',
    'time_local',
    'request_method',
    'uri', // without arguments, unlike `request` and `request_uri`
    'server_protocol',
    'status',
    'body_bytes_sent',
    'http_user_agent',
  ]);
  const logs = [...conf.matchAll(/^server \{.*?^  access_log ([^;]+);.*?^\}/gms)].map(
    ([, log]) => log,
  );
  // The first server only redirects to https.
  expect(logs).toEqual(['off', '/var/log/nginx/access.log patient_browser']);
});
