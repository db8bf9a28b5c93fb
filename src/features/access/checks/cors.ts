import type { ServerConfig } from '#config/schema.ts';
import type { Check, CheckEnv, Fact, Finding, MessageId, T } from '../check.ts';
import { probe } from '../probe.ts';
import { auditHeaderNames } from './helpers/barred-headers.ts';
import { silence } from './helpers/unreachable.ts';

/** Response headers that the app reads if allowed, with the use of each. */
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
 * Returns every header that the app may send to this server. `If-None-Exist` and audit headers only
 * if configured.
 *
 * @param authorization header of the session, because a server may respond to an invalid token
 * without CORS headers
 */
function headersSent(
  server: ServerConfig,
  authorization: string,
): Readonly<Record<string, string>> {
  const { conditionalCreate } = server.requests;
  return {
    ...(server.auth.type === 'open' ? {} : { Authorization: authorization }),
    'Content-Type': 'application/fhir+json',
    'If-Match': 'W/"1"',
    Prefer: 'return=representation',
    ...(conditionalCreate ? { 'If-None-Exist': '_id=access-check' } : {}),
    ...Object.fromEntries(auditHeaderNames(server).map((name) => [name, 'access-check'])),
  };
}

/** Used without a session. */
const MADE_UP = 'Bearer access-check';

// Sent to /metadata, where they cannot change any data.
const METHODS = ['POST', 'PUT', 'DELETE'] as const;

/** Headers and methods whose requests got no readable response, although a plain request does. */
interface Unanswered {
  /** Blocked by CORS, because nothing else distinguishes the request from a plain one. */
  readonly refused: readonly string[];
  /** Blocked by CORS, or refused by the server without CORS headers. */
  readonly unsure: readonly string[];
}

/**
 * Tries each header and method, and returns those without a readable response.
 *
 * @param token of the session
 * @param closed whether the server responds only to requests with the token
 */
async function unanswered(
  { t, signal }: CheckEnv,
  server: ServerConfig,
  token: string | undefined,
  closed: boolean,
): Promise<Unanswered> {
  const url = `${server.fhirBaseUrl}/metadata`;
  const always = closed && token !== undefined ? { Authorization: token } : {};
  // One request at a time, here and below, so that rate limits do not distort the result.
  const answers = async (init: RequestInit): Promise<boolean> =>
    (await probe(url, signal, init)).answered;
  const headers: string[] = [];
  for (const [name, value] of Object.entries(headersSent(server, token ?? MADE_UP))) {
    // oxlint-disable-next-line no-await-in-loop -- see above
    if (!(await answers({ headers: { ...always, [name]: value } }))) headers.push(name);
  }
  const methods: string[] = [];
  for (const method of METHODS) {
    const told =
      // oxlint-disable-next-line no-await-in-loop -- see above
      (await answers({ method })) ||
      // oxlint-disable-next-line no-await-in-loop -- see above
      (token !== undefined && (await answers({ method, headers: { Authorization: token } })));
    if (!told) methods.push(method);
  }
  // Oracle returns 401 without CORS headers for a missing or unknown token. If any change got a
  // response, refusals are readable.
  const sure = server.auth.type === 'open' || methods.length < METHODS.length;
  const header = (name: string): string => t('corsHeader', { name });
  const changes = methods.map((name) => t('corsMethod', { name }));
  if (sure) return { refused: [...headers.map(header), ...changes], unsure: [] };
  return {
    refused: headers.filter((name) => name !== 'Authorization').map(header),
    unsure: [...headers.filter((name) => name === 'Authorization').map(header), ...changes],
  };
}

/** Returns the finding about the server's CORS settings. */
function judge(env: CheckEnv, { refused, unsure }: Unanswered): Omit<Finding, 'tested'> {
  const { t, locale, session } = env;
  const { origin } = location;
  const list = (labels: readonly string[]): string => new Intl.ListFormat(locale).format(labels);
  const maybe = unsure.length > 0 ? [t('corsUnsure', { list: list(unsure) })] : [];
  if (refused.length > 0) {
    return {
      verdict: 'bad',
      came: [t('corsBad', { list: list(refused) }), ...maybe].join(' · '),
      means: t('corsBadMeans'),
      mend: t('corsBadMend', { origin }),
      explains: ['troubleCors'],
    };
  }
  const [came] = maybe;
  if (came === undefined) return { verdict: 'good', came: t('corsOk'), means: t('corsOkMeans') };
  return {
    verdict: 'attention',
    came,
    means: t('corsUnsureMeans'),
    mend: t(session ? 'corsUnsureMend' : 'corsUnsureSignIn', { origin }),
    explains: ['troubleCors'],
  };
}

export const cors: Check = {
  id: 'cors',
  title: 'cors',
  applies: ({ server }) =>
    server !== undefined && new URL(server.fhirBaseUrl).origin !== location.origin,
  run: async (env) => {
    const { t, server, signal, session } = env;
    const tested = t('corsTested');
    const url = `${server?.fhirBaseUrl}/metadata`;
    const token = await session?.authorization().catch(() => undefined);
    const bare = await probe(url, signal);
    // A refusal without a token may lack CORS headers, although the session can read the server.
    const closed = !bare.answered && token !== undefined;
    const plain = closed ? await probe(url, signal, { headers: { Authorization: token } }) : bare;
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
    return { tested, ...judge(env, await unanswered(env, server, token, closed)), facts };
  },
};
