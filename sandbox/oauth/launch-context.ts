/**
 * The context that an EHR launch passes to the app, under the names of the token response.
 * https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html
 */
export interface LaunchContext {
  readonly patient?: string;
  readonly encounter?: string;
  /** Id of the Practitioner who is signed in to the EHR; by default the first one. */
  readonly practitioner?: string;
  readonly need_patient_banner?: boolean;
  readonly smart_style_url?: string;
  readonly intent?: string;
}

/** The content of a grant: fixed at sign-in, and the same at every refresh. */
export interface SmartGrant {
  readonly scope: readonly string[];
  /** `Practitioner/<id>` or `Patient/<id>`. */
  readonly fhirUser: string;
  readonly userName: string;
  readonly context: LaunchContext;
}

/** Syntax of scopes of SMART 1 and 2, OpenID and launch; no other scope is granted. */
const SCOPE =
  /^(openid|profile|fhirUser|launch|launch\/[a-z]+|online_access|offline_access|(patient|user|system)\/(\*|[A-Z][A-Za-z]+)\.(read|write|\*|c?r?u?d?s?)(\?\S+)?)$/;

/** Returns the requested scopes that this EHR supports. */
export function knownScopes(text: string): string[] {
  return [...new Set(text.split(/\s+/))].filter(
    (scope) => SCOPE.test(scope) && !scope.endsWith('.'),
  );
}

/** Whether the scopes of a standalone launch require the user to choose a patient. */
export function needsPatient(scope: readonly string[]): boolean {
  return scope.some((s) => s === 'launch/patient' || s.startsWith('patient/'));
}
