import type { OperationOutcomeIssue } from 'fhir/r4';
import { FhirError, Invalid, NetworkError } from '#fhir/errors.ts';
import { AppError } from '#lib/app-error.ts';
import { LaunchError } from '#session/errors.ts';
import type { messages } from './messages.ts';

export type MessageId = keyof (typeof messages)['en'];

/** Texts about an error for the user. */
export interface ErrorText {
  /** Message id of what happened; `advice` is the message id of what to do. */
  readonly title: MessageId;
  readonly advice: MessageId;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly issues: readonly OperationOutcomeIssue[];
  /** Text of a server that sent no OperationOutcome, or code and text of an identity provider. */
  readonly detail: string | undefined;
}

const words: Readonly<Record<string, readonly [MessageId, MessageId]>> = {
  config: ['errorConfig', 'errorConfigDo'],
  launch: ['errorLaunch', 'errorLaunchDo'],
  denied: ['errorLaunch', 'errorUnauthorizedDo'],
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

/** Returns the texts for an error by its class. The message of the error is never shown. */
export function errorText(error: unknown): ErrorText {
  const kind = error instanceof AppError ? error.kind : '';
  const key =
    error instanceof NetworkError
      ? `network-${error.reason}`
      : // Not a version conflict, although the status suggests one.
        error instanceof Invalid && [409, 412].includes(error.status)
        ? 'unchanged'
        : error instanceof LaunchError && error.failure === 'denied'
          ? 'denied'
          : kind;
  const [title, advice] = words[key] ?? (['errorUnknown', 'errorUnknownDo'] as const);
  const answer = error instanceof FhirError ? error : undefined;
  return {
    title,
    advice,
    status: answer?.status,
    requestId: answer?.requestId,
    issues: answer?.issues ?? [],
    detail:
      error instanceof LaunchError
        ? [error.code, error.detail].filter(Boolean).join(': ') || undefined
        : answer?.issues.length === 0
          ? answer.detail
          : undefined,
  };
}
