/**
 * What an EHR launch hands to the app, under the names of the token response.
 * https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html
 */
export interface LaunchContext {
  readonly patient?: string;
  readonly encounter?: string;
  /** Id of the Practitioner who is signed in at the EHR. Default: the first one. */
  readonly practitioner?: string;
  readonly need_patient_banner?: boolean;
  readonly smart_style_url?: string;
  readonly intent?: string;
}

/** What one grant stands for: fixed when the person signed in, the same at every refresh. */
export interface SmartGrant {
  readonly scope: readonly string[];
  /** `Practitioner/<id>` or `Patient/<id>`. */
  readonly fhirUser: string;
  readonly userName: string;
  readonly context: LaunchContext;
}

/** Scope syntax of SMART 1 and 2, with launch and OpenID scopes; anything else is not granted. */
const SCOPE =
  /^(openid|profile|fhirUser|launch|launch\/[a-z]+|online_access|offline_access|(patient|user|system)\/(\*|[A-Z][A-Za-z]+)\.(read|write|\*|c?r?u?d?s?)(\?\S+)?)$/;

/** The scopes of a request that this EHR knows. */
export function knownScopes(text: string): string[] {
  return [...new Set(text.split(/\s+/))].filter(
    (scope) => SCOPE.test(scope) && !scope.endsWith('.'),
  );
}

/** Whether the person has to choose a patient: a standalone launch that needs one. */
export function needsPatient(scope: readonly string[]): boolean {
  return scope.some((s) => s === 'launch/patient' || s.startsWith('patient/'));
}
