import type { AppConfig, ServerConfig } from '#config/schema.ts';
import type { Fhir } from '#data/fhir-context.ts';
import type { Translate } from '#i18n/provider.tsx';
import type { ConfigProblem } from '#lib/app-error.ts';
import type { Session } from '#session/session.ts';
import type { messages } from './messages.ts';

export type MessageId = keyof (typeof messages)['en'];
export type T = Translate<MessageId>;

/** The failures that people see and ask about; each is a row of the troubleshooting table. */
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
  /** A sentence about the value. */
  readonly note?: string;
  /** Meant to be copied into a form elsewhere. */
  readonly copy?: boolean;
  /** May name people: the support report leaves it out. */
  readonly personal?: boolean;
}

/** What a check found, in words for a site administrator. */
export interface Finding {
  readonly verdict: Verdict;
  readonly tested: string;
  readonly came: string;
  readonly means: string;
  /** The exact step that mends it; there whenever the verdict is `bad`. */
  readonly mend?: string;
  readonly facts?: readonly Fact[];
  /** Shown on demand; secrets masked. */
  readonly json?: unknown;
  /** What came back names people: the support report leaves it out. */
  readonly personal?: boolean;
  /** Which of the usual failures it is the cause of. */
  readonly explains?: readonly Trouble[];
}

/** All that a check may look at. */
export interface CheckEnv {
  readonly t: T;
  /** BCP 47, for times and lists. */
  readonly locale: string;
  readonly config: AppConfig | undefined;
  /** Why there is no configuration, or what in it cannot be right. */
  readonly problems: readonly ConfigProblem[];
  /** The server to check: the session's, else the one chosen. */
  readonly server: ServerConfig | undefined;
  readonly session: Session | undefined;
  readonly fhir: Fhir | undefined;
  readonly signal: AbortSignal;
}

/** One thing that can be wrong. `run` never rejects for what it tests; that is its finding. */
export interface Check {
  readonly id: string;
  readonly title: MessageId;
  /** Whether the check makes sense here; left out means always. */
  readonly applies?: (env: CheckEnv) => boolean;
  run(env: CheckEnv): Promise<Finding>;
}
