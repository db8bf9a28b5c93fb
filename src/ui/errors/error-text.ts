import type { OperationOutcomeIssue } from 'fhir/r4';
import { FhirError, Invalid, NetworkError } from '#fhir/errors.ts';
import { AppError } from '#lib/app-error.ts';
import type { messages } from './messages.ts';

export type MessageId = keyof (typeof messages)['en'];

/** What is shown to the user about an error, and what may help. */
export interface ErrorText {
  /** What happened, and what to do about it: ids of messages. */
  readonly title: MessageId;
  readonly advice: MessageId;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly issues: readonly OperationOutcomeIssue[];
  /** The server's words where it sent no OperationOutcome. */
  readonly detail: string | undefined;
}

const words: Readonly<Record<string, readonly [MessageId, MessageId]>> = {
  config: ['errorConfig', 'errorConfigDo'],
  launch: ['errorLaunch', 'errorLaunchDo'],
  'sign-in-required': ['errorSignIn', 'errorSignInDo'],
  'network-offline': ['errorOffline', 'errorOfflineDo'],
  'network-timeout': ['errorTimeout', 'errorTimeoutDo'],
  'network-unreachable': ['errorNetwork', 'errorNetworkDo'],
  'network-redirected': ['errorRedirected', 'errorRedirectedDo'],
  'bad-response': ['errorBadResponse', 'errorBadResponseDo'],
  'too-large': ['errorTooLarge', 'errorTooLargeDo'],
  unauthorized: ['errorUnauthorized', 'errorUnauthorizedDo'],
  forbidden: ['errorForbidden', 'errorForbiddenDo'],
  'not-supported': ['errorNotSupported', 'errorNotSupportedDo'],
  'not-found': ['errorNotFound', 'errorNotFoundDo'],
  gone: ['errorGone', 'errorGoneDo'],
  conflict: ['errorConflict', 'errorConflictDo'],
  invalid: ['errorInvalid', 'errorInvalidDo'],
  unchanged: ['errorUnchanged', 'errorUnchangedDo'],
  throttled: ['errorThrottled', 'errorThrottledDo'],
  'server-error': ['errorServer', 'errorServerDo'],
};

/** Chooses the words for an error by its class; the text inside the error is never shown as it is. */
export function errorText(error: unknown): ErrorText {
  const kind = error instanceof AppError ? error.kind : '';
  const key =
    error instanceof NetworkError
      ? `network-${error.reason}`
      : // What looked like a conflict of versions, and was none.
        error instanceof Invalid && [409, 412].includes(error.status)
        ? 'unchanged'
        : kind;
  const [title, advice] = words[key] ?? (['errorUnknown', 'errorUnknownDo'] as const);
  const answer = error instanceof FhirError ? error : undefined;
  return {
    title,
    advice,
    status: answer?.status,
    requestId: answer?.requestId,
    issues: answer?.issues ?? [],
    detail: answer?.issues.length === 0 ? answer.detail : undefined,
  };
}
