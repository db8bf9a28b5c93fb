import type { Page } from 'playwright/test';
import type { LaunchContext } from '#sandbox/oauth/launch-context.ts';
import { type Host, startHost } from '#sandbox/host/host.ts';
import { type Sandbox, startSandbox } from '#sandbox/sandbox.ts';
import { startAttacker, type Attacker } from './attacker.ts';

/** Everything that a test runs against: servers in this process, each on its own free port. */
export interface Stage {
  readonly sandbox: Sandbox;
  /** Serves the production build; `setConfig` replaces the configuration. */
  readonly host: Host;
  readonly attacker: Attacker;
  readonly appOrigin: string;
  /** Origins that pages may send requests to in every test. */
  readonly origins: readonly string[];
  launchUrl(context: LaunchContext): string;
  /** Chooses a user on the EHR's sign-in page, by default the first. */
  answerEhr(page: Page, who?: string): Promise<void>;
  /** Restores the original data and normal behaviour, and empties the logs. */
  reset(): void;
  close(): Promise<void>;
}

/** Folder of the build under test; `E2E_DIST` names another one. */
const DIST = process.env['E2E_DIST'] ?? 'dist';

/** Starts the sandbox, the web host with the production build, and the attacker. */
export async function startStage(): Promise<Stage> {
  const sandbox = await startSandbox({ appOrigins: [] });
  const host = await startHost({ dist: DIST, config: sandbox.appConfig() });
  sandbox.addAppOrigin(host.origin);
  const attacker = await startAttacker();
  return {
    sandbox,
    host,
    attacker,
    appOrigin: host.origin,
    origins: [
      new URL(sandbox.fhir.baseUrl).origin,
      new URL(sandbox.entra.authority).origin,
      sandbox.ehr.origin,
    ],
    launchUrl: (context) => sandbox.ehr.launchUrl(host.origin, context),
    async answerEhr(page, who) {
      await page
        .getByRole('button', { name: who ?? /Practitioner/ })
        .first()
        .click();
    },
    reset() {
      sandbox.reset();
      host.setConfig(sandbox.appConfig());
      attacker.reset();
    },
    async close() {
      await Promise.all([sandbox.close(), host.close(), attacker.close()]);
    },
  };
}
