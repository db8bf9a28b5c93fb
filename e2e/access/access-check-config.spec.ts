import { test } from '../fixtures.ts';
import { type Break, configure, NO_ANSWER, signedOut, together } from '../support/access-check.ts';

const BREAKS: readonly Break[] = [
  // The configuration
  {
    name: 'config.json is missing',
    arrange: ({ host }) => host.setConfig(undefined),
    finds: {
      check: 'Configuration',
      verdict: 'Problem',
      mend: /config\.json on the web server/,
      shows: /could not be fetched: the web server answered 404/,
    },
  },
  {
    name: 'neither config.json nor the next chunk of the app can be loaded',
    errors: NO_ANSWER,
    arrange: async (_stage, page) => {
      for (const gone of ['**/config.json', '**/refusal-*.js'])
        await page.route(gone, (route) => route.abort());
    },
    finds: {
      check: 'Configuration',
      verdict: 'Problem',
      came: /1 problem/,
      shows: /could not be fetched: the network or the web server did not answer/,
    },
  },
  {
    name: 'config.json is not JSON',
    arrange: ({ host }) => host.setConfig('{ "servers": ['),
    finds: {
      check: 'Configuration',
      verdict: 'Problem',
      shows: /line 1, column 15: the file ends before its last bracket is closed/,
    },
  },
  {
    name: 'config.json has a misspelt field and http:// to another machine',
    arrange: ({ host, sandbox }) =>
      host.setConfig({
        ...sandbox.appConfig(),
        idleTimeoutMinuets: 5,
        servers: [
          { id: 'x', label: 'X', fhirBaseUrl: 'http://fhir.example', auth: { type: 'open' } },
        ],
      }),
    finds: {
      check: 'Configuration',
      verdict: 'Problem',
      came: /2 problems/,
      shows: /servers\[0\]\.fhirBaseUrl[\s\S]*idleTimeoutMinuets[\s\S]*is not a known field/,
    },
  },
  {
    name: 'config.json still holds a placeholder',
    arrange: (stage) => configure(stage, 'open', () => ({ label: '<name of the server>' })),
    finds: {
      check: 'Configuration',
      verdict: 'Problem',
      came: /<name of the server>/,
      shows: /The app starts[\s\S]*servers\[\d\]\.label/,
    },
  },
  ...(['eleven audit headers', 'an audit header of 2,049 characters'] as const).map(
    (name, index): Break => ({
      name,
      arrange: (stage) =>
        configure(stage, 'open', () => ({
          requests: {
            auditHeaders:
              index === 0
                ? Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`h${n}`, 'x']))
                : { site: 'x'.repeat(2049) },
          },
        })),
      finds: {
        check: 'Configuration',
        verdict: 'Problem',
        shows: index === 0 ? /holds more than 10 headers/ : /is longer than 2,048 characters/,
      },
    }),
  ),
  {
    name: 'an audit header seems to hold patient data',
    errors: NO_ANSWER,
    arrange: (stage) =>
      configure(stage, 'open', () => ({
        requests: { auditHeaders: { who: 'Doe, Jane 1970-01-02' } },
      })),
    finds: {
      check: 'Audit headers',
      verdict: 'Problem',
      came: /^who may hold patient data/,
      mend: /Remove names, birth dates/,
    },
  },
  // The browser
  {
    name: 'storage is blocked',
    server: 'open',
    arrange: (_stage, page) =>
      page.addInitScript(() => {
        Object.defineProperty(globalThis, 'sessionStorage', {
          get() {
            throw new DOMException('denied', 'SecurityError');
          },
        });
      }),
    finds: {
      check: 'Storage and cookies',
      verdict: 'Problem',
      mend: /window of its own|allow storage/,
    },
  },
  {
    name: 'cookies only are blocked',
    server: 'open',
    arrange: (_stage, page) =>
      page.addInitScript(() => {
        Object.defineProperty(Navigator.prototype, 'cookieEnabled', { get: () => false });
      }),
    finds: {
      check: 'Storage and cookies',
      verdict: 'Look at this',
      came: /^Session storage works\. Cookies: blocked\.$/,
      means: /identity provider needs cookies of its own/,
      mend: /Allow cookies for http:\/\/localhost:\d+/,
    },
  },
  {
    name: 'the computer’s clock is ten minutes late',
    server: 'open',
    arrange: (_stage, page) =>
      page.addInitScript(() => {
        const { now } = Date;
        Date.now = () => now() - 600_000;
      }),
    finds: {
      check: 'Clock',
      verdict: 'Problem',
      came: /(599|60\d) seconds apart/,
      mend: /Set this computer’s clock/,
    },
  },
];

test.describe('the access check names the cause', () => {
  for (const { title, group } of together(BREAKS, ({ finds }) => finds.check))
    test(title, async ({ context, guard, stage }) => {
      test.setTimeout(120_000);
      for (const b of group) await test.step(b.name, () => signedOut(b, { context, guard, stage }));
    });
});
