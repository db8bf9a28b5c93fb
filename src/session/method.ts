import type { ServerConfig } from '#config/schema.ts';
import type { Session } from './session.ts';
import type { SignInInput } from './state/state.ts';

/** One way to sign in. Each has its own folder and is loaded only when it is used. */
export interface SignInMethod {
  /**
   * Restores a session from before the page load, or completes one after a redirect. Undefined if
   * the user must sign in.
   *
   * @throws {LaunchError}
   */
  restore(server: ServerConfig): Promise<Session | undefined>;
  /**
   * @returns the session, or `leaving` if the page is navigating to the identity provider
   * @throws {LaunchError}
   */
  signIn(server: ServerConfig, input: SignInInput): Promise<Session | 'leaving'>;
}
