import type { ServerConfig } from '#config/schema.ts';
import type { CheckEnv } from '../../check.ts';
import { probe } from '../../probe.ts';

/** Returns the configured audit header names as they are sent. */
export const auditHeaderNames = ({ requests }: ServerConfig): readonly string[] =>
  Object.keys(requests.auditHeaders).map((name) => `X-MS-AZUREFHIR-AUDIT-${name}`);

/**
 * Returns configured request headers that the server's CORS settings do not allow: `/metadata` is
 * readable without the header, but not with it.
 *
 * @returns an empty list if `/metadata` is not readable at all
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
  // A gateway may send its refusal without CORS headers if the token is missing.
  const token = (await answers({}))
    ? undefined
    : await session?.authorization().catch(() => undefined);
  const always: Record<string, string> = token === undefined ? {} : { Authorization: token };
  if (token !== undefined && !(await answers(always))) return [];
  const barred: string[] = [];
  for (const name of names) {
    // oxlint-disable-next-line no-await-in-loop -- one at a time, so that rate limits do not distort the result
    if (!(await answers({ ...always, [name]: 'access-check' }))) barred.push(name);
  }
  return barred;
}
