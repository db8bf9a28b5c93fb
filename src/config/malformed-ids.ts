import type { ConfigProblem } from '#lib/app-error.ts';
import { placeholdersIn } from './placeholder.ts';
import type { AppConfig } from './schema.ts';

const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
/** A cloud of Microsoft's, or External ID. Other providers give out ids of any form. */
const MICROSOFT =
  /^https:\/\/(?:login\.(?:partner\.)?microsoftonline\.(?:com|us|cn)|login\.(?:windows\.net|microsoft\.com|chinacloudapi\.cn|usgovcloudapi\.net)|sts\.windows\.net|[^/]+\.ciamlogin\.com)(?:[:/]|$)/;

/**
 * Ids that no app registration and no tenant of Entra ID has: most often one that was not copied
 * whole. The app starts with them, and only Microsoft's own page refuses them.
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
      // Of digits and hyphens alone, it is no domain either.
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
