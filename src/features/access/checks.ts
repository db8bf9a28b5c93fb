import type { Check } from './check.ts';
import { audit } from './checks/audit.ts';
import { framing, secureContext, storage } from './checks/browser.ts';
import { clock } from './checks/clock.ts';
import { configuration } from './checks/configuration.ts';
import { context } from './checks/context.ts';
import { cors } from './checks/cors.ts';
import { csp } from './checks/csp.ts';
import { health } from './checks/health.ts';
import { may } from './checks/may.ts';
import { metadata } from './checks/metadata.ts';
import { provider } from './checks/provider.ts';
import { redirects } from './checks/redirects.ts';
import { searchPost } from './checks/search-post.ts';
import { smart } from './checks/smart.ts';
import { style } from './checks/style.ts';
import { token } from './checks/token.ts';

/** All checks, in the order in which they run. A new check needs one file and one line here. */
export const CHECKS: readonly Check[] = [
  configuration,
  secureContext,
  storage,
  framing,
  clock,
  redirects,
  provider,
  metadata,
  smart,
  health,
  cors,
  token,
  context,
  style,
  may,
  searchPost,
  audit,
  csp, // last, because it reports violations by the other checks
];
