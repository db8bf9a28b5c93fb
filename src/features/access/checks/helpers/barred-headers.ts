import type { ServerConfig } from '#config/schema.ts';
import type { CheckEnv } from '../../check.ts';
import { probe } from '../../probe.ts';

/** The names of the audit headers of the configuration, as they are sent. */
export const auditHeaderNames = ({ requests }: ServerConfig): readonly string[] =>
  Object.keys(requests.auditHeaders).map((name) => `X-MS-AZUREFHIR-AUDIT-${name}`);

/**
 * Headers that the configuration adds to a request and the server's CORS settings do not allow:
 * `/metadata` is read without, and not with one of them, which nothing else can be the cause of.
 *
 * @returns none where `/metadata` cannot be read either way: then nobody can tell
 */
export async function barredHeaders(
  { server, session, signal }: CheckEnv,
  what: 'search' | 'read',
): Promise<readonly string[]> {
  if (!server) return [];
  const strict = what === 'search' && server.requests.strictSearch;
  const names = [...auditHeaderNames(server), ...(strict ? ['Prefer'] : [])];
  if (names.length === 0) return [];
  const answers = async (headers: Record<string, string>): Promise<boolean> =>
    (await probe(`${server.fhirBaseUrl}/metadata`, signal, { headers })).answered;
  // A gateway may hide what it says to whoever has no token.
  const token = (await answers({}))
    ? undefined
    : await session?.authorization().catch(() => undefined);
  const always: Record<string, string> = token === undefined ? {} : { Authorization: token };
  if (token !== undefined && !(await answers(always))) return [];
  const barred: string[] = [];
  for (const name of names) {
    // oxlint-disable-next-line no-await-in-loop -- a server that limits requests must not distort the picture
    if (!(await answers({ ...always, [name]: 'access-check' }))) barred.push(name);
  }
  return barred;
}
