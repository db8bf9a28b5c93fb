import type { ServerConfig } from '#config/schema.ts';
import type { Session } from './session.ts';
import type { SignInInput } from './state/state.ts';

/** One way to sign in. Each lives in a folder of its own and is loaded only when it is used. */
export interface SignInMethod {
  /**
   * Takes up what was open before the page was loaded, or what a redirect has just completed.
   * Undefined when the person must sign in.
   *
   * @throws {LaunchError}
   */
  restore(server: ServerConfig): Promise<Session | undefined>;
  /**
   * @returns the session, or `leaving` when the page is on its way to the identity provider
   * @throws {LaunchError}
   */
  signIn(server: ServerConfig, input: SignInInput): Promise<Session | 'leaving'>;
}
