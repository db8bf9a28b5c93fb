import type { AuthenticationResult, PublicClientApplication } from '@azure/msal-browser';
import { isFramed, requireSecureContext } from '../environment.ts';
import { forgetActivity, idleMinutes } from '../idle/idle-watch.ts';
import type { SignInMethod } from '../method.ts';
import type { Session } from '../session.ts';
import { countRedirect } from '../entry/redirect-guard.ts';
import { requireStorage } from '../tab-storage/storage.ts';
import {
  noteAuthenticated,
  noteFinished,
  noteUnfinished,
  promptAfterEnd,
} from './authenticate-again.ts';
import { keepChallenge, takeChallenge } from './challenge.ts';
import { entraServer, msalFor, type EntraServer } from './client.ts';
import { apiScopes } from './config.ts';
import { checkResult, entraSession } from './entra-session.ts';
import { needsPerson, toLaunchError } from './errors.ts';
import { noteIdentity } from './identity.ts';
import { signInWithPopup } from './popup.ts';
import { noteTokens, tokensOf } from './tokens.ts';

async function signedIn(
  msal: PublicClientApplication,
  { id, auth }: EntraServer,
  { account, idToken }: AuthenticationResult,
): Promise<void> {
  msal.setActiveAccount(account);
  noteIdentity(account, idToken, auth);
  noteAuthenticated(id);
  await noteTokens();
}

/** Completes a redirect, or restores the session from before the page load. */
async function restored(server: EntraServer): Promise<Session | undefined> {
  let msal: PublicClientApplication;
  let result;
  try {
    msal = await msalFor(server);
    // Completes a redirect; null after a plain reload and for a forged or replayed response.
    result = await msal.handleRedirectPromise();
  } catch (error) {
    throw toLaunchError(error);
  }
  if (result) await signedIn(msal, server, checkResult(result));
  const account = msal.getActiveAccount() ?? msal.getAllAccounts()[0];
  if (!account) return undefined;
  msal.setActiveAccount(account);
  const tokens = tokensOf(server, msal, account);
  if (result) {
    forgetActivity(); // the sign-in may have taken longer than the idle time
    return entraSession(server, msal, tokens, result);
  }
  try {
    return entraSession(server, msal, tokens, await tokens.ask(false));
  } catch (error) {
    keepChallenge(error);
    // Otherwise the network failed, and the cached token may work later.
    return needsPerson(error) ? undefined : entraSession(server, msal, tokens, undefined);
  }
}

/** Microsoft Entra ID, Entra External ID or another OpenID Connect authority, through MSAL. */
export const method: SignInMethod = {
  async restore(config) {
    const server = entraServer(config);
    noteUnfinished(server.id);
    const session = await restored(server);
    if (session) noteFinished(server.id);
    return session;
  },

  async signIn(config, input) {
    const server = entraServer(config);
    requireSecureContext();
    requireStorage();
    const request = {
      scopes: apiScopes(server, server.auth),
      // Half of MSAL's own state is a timestamp, so add 122 random bits (SMART App Launch and RFC
      // 6749, 10.10).
      state: crypto.randomUUID(),
      ...(input.chooseAccount ? { prompt: 'select_account' } : {}),
      ...promptAfterEnd(server.id, idleMinutes()),
      ...takeChallenge(),
    };
    try {
      const msal = await msalFor(server);
      // Entra ID does not allow its pages in a frame.
      if (server.auth.interaction === 'popup' || isFramed()) {
        const result = checkResult(await signInWithPopup(msal, request));
        await signedIn(msal, server, result);
        return entraSession(server, msal, tokensOf(server, msal, result.account), result);
      }
      countRedirect();
      await msal.loginRedirect(request);
      return 'leaving';
    } catch (error) {
      throw toLaunchError(error);
    }
  },
};
