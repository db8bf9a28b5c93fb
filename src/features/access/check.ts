import type { AppConfig, ServerConfig } from '#config/schema.ts';
import type { Fhir } from '#data/fhir-context.ts';
import type { Translate } from '#i18n/provider.tsx';
import type { ConfigProblem } from '#lib/app-error.ts';
import type { Session } from '#session/session.ts';
import type { messages } from './messages.ts';

export type MessageId = keyof (typeof messages)['en'];
export type T = Translate<MessageId>;

/** Failures that users report; each is a row of the troubleshooting table. */
export const TROUBLES = [
  'trouble401',
  'trouble403',
  'trouble404',
  'trouble429',
  'troubleCors',
] as const;
export type Trouble = (typeof TROUBLES)[number];

export type Verdict = 'good' | 'attention' | 'bad' | 'info';

export interface Fact {
  readonly label: string;
  readonly value: string;
  /** Explanation of the value. */
  readonly note?: string;
  /** Whether the value has a copy button. */
  readonly copy?: boolean;
  /** Whether the value may name people; the support report then omits it. */
  readonly personal?: boolean;
}

/** Result of a check, for a site administrator. */
export interface Finding {
  readonly verdict: Verdict;
  readonly tested: string;
  readonly came: string;
  readonly means: string;
  /** How to fix it; present whenever the verdict is `bad`. */
  readonly mend?: string;
  readonly facts?: readonly Fact[];
  /** Shown on demand; secrets masked. */
  readonly json?: unknown;
  /** Whether the result names people; the support report then omits it. */
  readonly personal?: boolean;
  /** Failures of the troubleshooting table that it causes. */
  readonly explains?: readonly Trouble[];
}

/** The part of a finding that depends on what the server answered, not on what was asked. */
export type Judgement = Pick<Finding, 'verdict' | 'came' | 'means' | 'mend' | 'explains'>;

/** Input of a check. */
export interface CheckEnv {
  readonly t: T;
  /** BCP 47, for times and lists. */
  readonly locale: string;
  readonly config: AppConfig | undefined;
  /** Why the configuration is missing, or its invalid ids. */
  readonly problems: readonly ConfigProblem[];
  /** Server to check: that of the session, otherwise the selected one. */
  readonly server: ServerConfig | undefined;
  readonly session: Session | undefined;
  readonly fhir: Fhir | undefined;
  readonly signal: AbortSignal;
}

/**
 * A check of one possible problem. `run` does not reject if the problem exists; it returns a
 * finding.
 */
export interface Check {
  readonly id: string;
  readonly title: MessageId;
  /** Whether the check applies; by default it does. */
  readonly applies?: (env: CheckEnv) => boolean;
  run(env: CheckEnv): Promise<Finding>;
}
