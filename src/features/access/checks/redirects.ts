import { appUrl } from '#lib/url.ts';
import type { Check, Fact } from '../check.ts';

/**
 * Returns the callback URL of the legacy proxy, which must be registered and contains the app's
 * own.
 */
export function proxyReplyUrl(iss: string, redirectUri: string): string {
  const inner = btoa(redirectUri).replace(/=+$/, '').replaceAll('/', '_').replaceAll('+', '-');
  return `${iss}/AadSmartOnFhirProxy/callback/${inner}`;
}

export const redirects: Check = {
  id: 'redirects',
  title: 'redirects',
  run: async ({ t, config }) => {
    const auths = config?.servers.map((s) => s.auth) ?? [];
    const kinds = auths.map((auth) => auth.type);
    const issuers = config?.smartLaunch.issuers ?? [];
    const facts: Fact[] = [];
    const add = (label: string, value: string) => facts.push({ label, value, copy: true });
    if (kinds.includes('entra')) add(t('redirectsEntra'), appUrl('redirect.html'));
    if (kinds.includes('smart') || issuers.length > 0) {
      add(t('redirectsSmart'), appUrl('callback'));
    }
    if (auths.some((auth) => auth.type === 'smart' && auth.endSessionEndpoint)) {
      add(t('redirectsAfter'), appUrl(''));
    }
    if (issuers.length > 0) add(t('redirectsLaunch'), appUrl('launch'));
    for (const { iss, label } of issuers.filter((i) => i.legacyAzureProxy)) {
      add(t('redirectsProxy', { label }), proxyReplyUrl(iss, appUrl('callback')));
    }
    add(t('redirectsOrigin'), location.origin);
    return {
      verdict: 'info',
      tested: t('redirectsTested'),
      came: t('redirectsCame', { origin: location.origin }),
      means: t('redirectsMeans'),
      mend: t('redirectsMend'),
      facts,
    };
  },
};
