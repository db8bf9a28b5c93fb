import type { AuthenticationResult, PublicClientApplication } from '@azure/msal-browser';
import { isFramed, requireSecureContext } from '../environment.ts';
import { forgetActivity } from '../idle-watch.ts';
import type { SignInMethod } from '../method.ts';
import { countRedirect } from '../redirect-guard.ts';
import { requireStorage } from '../storage.ts';
import { keepChallenge, takeChallenge } from './challenge.ts';
import { entraServer, msalFor, type EntraServer } from './client.ts';
import { apiScopes } from './config.ts';
import { checkResult, entraSession, quick } from './entra-session.ts';
import { needsPerson, toLaunchError } from './errors.ts';
import { noteIdentity } from './identity.ts';
import { signInWithPopup } from './popup.ts';

function signedIn(
  msal: PublicClientApplication,
  { auth }: EntraServer,
  { account, idToken }: AuthenticationResult,
): void {
  msal.setActiveAccount(account);
  noteIdentity(account, idToken, auth);
}

/** Microsoft Entra ID, Entra External ID or another OpenID Connect authority, through MSAL. */
export const method: SignInMethod = {
  async restore(config) {
    const server = entraServer(config);
    let msal: PublicClientApplication;
    let result;
    try {
      msal = await msalFor(server);
      // Completes a redirect; null after a plain reload, and after a forged or replayed answer.
      result = await msal.handleRedirectPromise();
    } catch (error) {
      throw toLaunchError(error);
    }
    if (result) signedIn(msal, server, checkResult(result));
    const account = msal.getActiveAccount() ?? msal.getAllAccounts()[0];
    if (!account) return undefined;
    msal.setActiveAccount(account);
    if (result) {
      forgetActivity(); // however long it took
      return entraSession(server, msal, account, result);
    }
    try {
      const scopes = apiScopes(server, server.auth);
      const known = await msal.acquireTokenSilent({ scopes, account, ...quick() });
      return entraSession(server, msal, account, known);
    } catch (error) {
      keepChallenge(error);
      // Otherwise it is the network: the token in the cache may well be good later.
      return needsPerson(error) ? undefined : entraSession(server, msal, account, undefined);
    }
  },

  async signIn(config, input) {
    const server = entraServer(config);
    requireSecureContext();
    requireStorage();
    const request = {
      scopes: apiScopes(server, server.auth),
      // MSAL's own state is half a clock: 122 random bits more (SMART App Launch and RFC 6749, 10.10).
      state: crypto.randomUUID(),
      ...(input.chooseAccount ? { prompt: 'select_account' } : {}),
      ...takeChallenge(),
    };
    try {
      const msal = await msalFor(server);
      // Entra ID refuses to be shown in a frame.
      if (server.auth.interaction === 'popup' || isFramed()) {
        const result = checkResult(await signInWithPopup(msal, request));
        signedIn(msal, server, result);
        return entraSession(server, msal, result.account, result);
      }
      countRedirect();
      await msal.loginRedirect(request);
      return 'leaving';
    } catch (error) {
      throw toLaunchError(error);
    }
  },
};
