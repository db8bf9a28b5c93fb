import type { LaunchError, LaunchFailure } from '#session/errors.ts';
import type { messages } from './messages.ts';

type MessageId = keyof (typeof messages)['en'];

/** Message ids for a failed sign-in: what happened, and what to do. */
export interface Advice {
  readonly happened: MessageId;
  readonly todo: MessageId;
}

/** Microsoft's error numbers and OAuth error codes that are more specific than "refused". */
const BY_CODE: Readonly<Record<string, Detail>> = {
  AADSTS65004: 'consentDeclined',
  AADSTS65001: 'adminConsent',
  AADSTS90094: 'adminConsent',
  AADSTS90095: 'adminConsent',
  consent_required: 'adminConsent',
  AADSTS50020: 'wrongTenant',
  AADSTS50177: 'wrongTenant',
  AADSTS90072: 'wrongTenant',
  AADSTS700016: 'appUnknown',
  AADSTS90002: 'appUnknown',
  AADSTS7000112: 'appDisabled',
  AADSTS50194: 'oneTenant',
  // Entra ID received no PKCE. The app always sends it, so the proxy dropped it.
  AADSTS9002325: 'proxyPlatform',
  AADSTS9002326: 'wrongPlatform',
  AADSTS9002327: 'wrongPlatform',
  AADSTS7000218: 'wrongPlatform',
  AADSTS50011: 'redirectUri',
  AADSTS500113: 'redirectUri',
  AADSTS500011: 'resourceUnknown',
  AADSTS500014: 'resourceUnknown',
  AADSTS650052: 'resourceUnknown',
  AADSTS650057: 'resourceUnknown',
  AADSTS70011: 'scopeRefused',
  AADSTS650053: 'scopeRefused',
  AADSTS53000: 'conditionalAccess',
  AADSTS53001: 'conditionalAccess',
  AADSTS53002: 'conditionalAccess',
  AADSTS53003: 'conditionalAccess',
  AADSTS53004: 'conditionalAccess',
  AADSTS530003: 'conditionalAccess',
  AADSTS530032: 'conditionalAccess',
  AADSTS50105: 'notAssigned',
  AADSTS50053: 'locked',
  AADSTS50057: 'locked',
  AADSTS50013: 'clock',
  AADSTS700024: 'clock',
  user_cancelled: 'cancelled',
  AADB2C90091: 'cancelled',
  popup_window_error: 'popupBlocked',
  empty_window_error: 'popupBlocked',
  invalid_scope: 'scopeRefused',
  unauthorized_client: 'clientRefused',
  invalid_client: 'clientRefused',
  server_error: 'serverBusy',
  temporarily_unavailable: 'serverBusy',
};

type Detail = Extract<
  MessageId,
  | 'consentDeclined'
  | 'adminConsent'
  | 'wrongTenant'
  | 'appUnknown'
  | 'appDisabled'
  | 'oneTenant'
  | 'wrongPlatform'
  | 'proxyPlatform'
  | 'redirectUri'
  | 'resourceUnknown'
  | 'scopeRefused'
  | 'conditionalAccess'
  | 'notAssigned'
  | 'locked'
  | 'clock'
  | 'cancelled'
  | 'popupBlocked'
  | 'clientRefused'
  | 'serverBusy'
>;

/** Returns the advice by failure and code, never by the text of a message. */
export function adviceFor({ code = '', failure, legacyAzureProxy }: LaunchError): Advice {
  const known = code.split(' ').find((part) => Object.hasOwn(BY_CODE, part));
  const detail = known === undefined ? undefined : BY_CODE[known];
  // The right platform for the app itself is wrong for the proxy's reply URL.
  const proxied = legacyAzureProxy && detail === 'wrongPlatform';
  const id: Detail | LaunchFailure = proxied ? 'proxyPlatform' : (detail ?? failure);
  return { happened: id, todo: `${id}_do` };
}
