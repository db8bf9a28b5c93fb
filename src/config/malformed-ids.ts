import type { ConfigProblem } from '#lib/app-error.ts';
import { placeholdersIn } from './placeholder.ts';
import type { AppConfig } from './schema.ts';

const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
/** Matches Microsoft's clouds and External ID. Other providers use ids of any form. */
const MICROSOFT =
  /^https:\/\/(?:login\.(?:partner\.)?microsoftonline\.(?:com|us|cn)|login\.(?:windows\.net|microsoft\.com|chinacloudapi\.cn|usgovcloudapi\.net)|sts\.windows\.net|[^/]+\.ciamlogin\.com)(?:[:/]|$)/;

/**
 * Returns ids that are not valid for an app registration or tenant of Entra ID, in most cases
 * because they were not copied completely. The schema accepts them, and only Microsoft's sign-in
 * page refuses them.
 */
export function malformedIds({ servers }: AppConfig): readonly ConfigProblem[] {
  return servers.flatMap(({ auth }, index): readonly ConfigProblem[] => {
    if (auth.type !== 'entra' || auth.protocolMode !== 'AAD') return [];
    if (auth.authority && !MICROSOFT.test(auth.authority)) return [];
    const tenant = auth.tenantId ?? '';
    const path = `servers[${index}].auth`;
    const wrong: readonly (ConfigProblem | false)[] = [
      !GUID.test(auth.clientId) && {
        path: `${path}.clientId`,
        message: 'is no application (client) id: it has 8-4-4-4-12 hexadecimal digits',
      },
      // Hexadecimal digits and hyphens alone are not a domain either.
      /^[0-9a-f-]{16,}$/i.test(tenant) &&
        !GUID.test(tenant) && {
          path: `${path}.tenantId`,
          message: 'is no tenant id: it has 8-4-4-4-12 hexadecimal digits',
        },
    ];
    const unfilled = new Set(placeholdersIn(auth).map((p) => `${path}.${p.path}`));
    return wrong.filter((p): p is ConfigProblem => p !== false && !unfilled.has(p.path));
  });
}
