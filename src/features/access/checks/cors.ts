import type { ServerConfig } from '#config/schema.ts';
import type { Check, CheckEnv, Fact, MessageId, T } from '../check.ts';
import { probe } from '../probe.ts';
import { silence } from './unreachable.ts';

/** The response headers that the app reads where it may, and what each is for. */
const READ = {
  ETag: 'readEtag',
  Location: 'readLocation',
  'Content-Location': 'readContentLocation',
  'X-Progress': 'readProgress',
  'Retry-After': 'readRetryAfter',
  'X-Request-Id': 'readRequestId',
} as const satisfies Readonly<Record<string, MessageId>>;

const readable = (headers: Headers, t: T): Fact[] =>
  Object.entries(READ).map(([name, use]) => ({
    label: name,
    value: t(headers.has(name) ? 'readYes' : 'readNo'),
    note: t(use),
  }));

/**
 * Each header that the app may send to this server. `If-None-Exist` and audit only if configured.
 *
 * @param authorization of the session: a server may answer a made-up token without CORS headers
 */
function headersSent(
  server: ServerConfig,
  authorization: string,
): Readonly<Record<string, string>> {
  const { auditHeaders, conditionalCreate } = server.requests;
  return {
    ...(server.auth.type === 'open' ? {} : { Authorization: authorization }),
    'Content-Type': 'application/fhir+json',
    'If-Match': 'W/"1"',
    Prefer: 'return=representation',
    ...(conditionalCreate ? { 'If-None-Exist': '_id=access-check' } : {}),
    ...Object.fromEntries(
      Object.keys(auditHeaders).map((name) => [`X-MS-AZUREFHIR-AUDIT-${name}`, 'access-check']),
    ),
  };
}

/** Where nobody is signed in. */
const MADE_UP = 'Bearer access-check';

// Sent to /metadata, where they change nothing whatever the server allows.
const METHODS = ['POST', 'PUT', 'DELETE'] as const;

async function refused(env: CheckEnv, server: ServerConfig): Promise<string[]> {
  const { t, signal, session } = env;
  const url = `${server.fhirBaseUrl}/metadata`;
  const authorization = await session?.authorization().catch(() => undefined);
  const tries = [
    ...Object.entries(headersSent(server, authorization ?? MADE_UP)).map(([name, value]) => ({
      label: t('corsHeader', { name }),
      init: { headers: { [name]: value } } satisfies RequestInit,
    })),
    ...METHODS.map((name) => ({
      label: t('corsMethod', { name }),
      init: { method: name } satisfies RequestInit,
    })),
  ];
  const results: string[] = [];
  for (const { label, init } of tries) {
    // One after the other: a server that limits requests must not distort the picture.
    // oxlint-disable-next-line no-await-in-loop -- see above
    const result = await probe(url, signal, init);
    if (!result.answered) results.push(label);
  }
  return results;
}

export const cors: Check = {
  id: 'cors',
  title: 'cors',
  applies: ({ server }) =>
    server !== undefined && new URL(server.fhirBaseUrl).origin !== location.origin,
  run: async (env) => {
    const { t, server, signal, locale } = env;
    const tested = t('corsTested');
    const url = `${server?.fhirBaseUrl}/metadata`;
    const plain = await probe(url, signal);
    if (!server || !plain.answered) {
      const { why, means, mend } = await silence(env, url);
      const { origin } = location;
      return {
        verdict: 'bad',
        tested,
        came: t('corsOrigin'),
        means: why === 'cors' ? t('corsOriginMeans', { origin }) : means,
        mend: why === 'cors' ? t('corsOriginMend', { origin }) : mend,
        explains: ['troubleCors'],
      };
    }
    const facts = readable(plain.response.headers, t);
    const bad = await refused(env, server);
    return bad.length === 0
      ? { verdict: 'good', tested, came: t('corsOk'), means: t('corsOkMeans'), facts }
      : {
          verdict: 'bad',
          tested,
          came: t('corsBad', { list: new Intl.ListFormat(locale).format(bad) }),
          means: t('corsBadMeans'),
          mend: t('corsBadMend', { origin: location.origin }),
          explains: ['troubleCors'],
          facts,
        };
  },
};
