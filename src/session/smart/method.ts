import { LaunchError } from '../errors.ts';
import type { SignInMethod } from '../method.ts';
import { leaveFor } from './launch/launch.ts';
import { siteOfServer } from './site.ts';
import { restoreSession } from './smart-session.ts';

/**
 * SMART App Launch: signs in with a standalone launch; sessions launched by an EHR are only
 * restored.
 */
export const method: SignInMethod = {
  restore: restoreSession,
  async signIn(server) {
    const site = siteOfServer(server);
    if (!site) throw new LaunchError('bad-launch', 'The server is not configured for SMART');
    await leaveFor(site);
    return 'leaving';
  },
};
