import type { OperationOutcome } from 'fhir/r4';
import { AppError } from '#lib/app-error.ts';
import type { messages } from './messages.ts';

export type MessageId = keyof (typeof messages)['en'];

/** What a person is told of an error, and what may help. */
export interface ErrorText {
  readonly title: MessageId;
  readonly advice: MessageId;
  readonly help: 'retry' | 'sign-in' | 'access' | 'none';
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly outcome: OperationOutcome | undefined;
}

type Rule = readonly [MessageId, MessageId, ErrorText['help']];

const rules: Record<string, Rule> = {
  config: ['errorConfig', 'errorConfigDo', 'access'],
  launch: ['errorLaunch', 'errorLaunchDo', 'access'],
  'sign-in-required': ['errorSignIn', 'errorSignInDo', 'sign-in'],
  network: ['errorNetwork', 'errorNetworkDo', 'access'],
  offline: ['errorOffline', 'errorOfflineDo', 'retry'],
  unauthorized: ['errorUnauthorized', 'errorUnauthorizedDo', 'sign-in'],
  forbidden: ['errorForbidden', 'errorForbiddenDo', 'access'],
  'not-supported': ['errorNotSupported', 'errorNotSupportedDo', 'none'],
  'not-found': ['errorNotFound', 'errorNotFoundDo', 'none'],
  gone: ['errorGone', 'errorGoneDo', 'none'],
  conflict: ['errorConflict', 'errorConflictDo', 'retry'],
  invalid: ['errorInvalid', 'errorInvalidDo', 'none'],
  throttled: ['errorThrottled', 'errorThrottledDo', 'retry'],
  server: ['errorServer', 'errorServerDo', 'retry'],
};

const UNKNOWN: Rule = ['errorUnknown', 'errorUnknownDo', 'retry'];

/** Chooses the words for an error by its class; the text inside the error is never shown as it is. */
export function errorText(error: unknown): ErrorText {
  const kind = error instanceof AppError ? error.kind : '';
  const offline = kind === 'network' && !navigator.onLine;
  const [title, advice, help] = rules[offline ? 'offline' : kind] ?? UNKNOWN;
  const detail = (error instanceof AppError ? error : {}) as Partial<ErrorText>;
  return {
    title,
    advice,
    help,
    status: detail.status,
    requestId: detail.requestId,
    outcome: detail.outcome,
  };
}
