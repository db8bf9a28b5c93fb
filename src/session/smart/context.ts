import { isId } from '#lib/id.ts';
import type { Json } from '#lib/narrow.ts';
import { textIn } from '../jwt.ts';
import type { LaunchContext, SessionUser } from '../session.ts';
import type { TokenResponse } from './tokens/token-response.ts';

const PERSON = /^(?:Practitioner|PractitionerRole|Patient|RelatedPerson|Person)\/([^/]+)$/;
const SECRET = /token|secret|password|assertion|code/i;
const LONGEST_SHOWN = 500;

/**
 * Returns a relative reference such as `Practitioner/123` from a relative one or an absolute one on
 * this server. Some servers write their host in another case or repeat a slash.
 */
export function userReference(value: string | undefined, fhirBaseUrl: string): string | undefined {
  if (value === undefined) return undefined;
  const base = normal(`${fhirBaseUrl}/`);
  const address = normal(value);
  const relative = address.startsWith(base) ? address.slice(base.length) : value;
  return isId(PERSON.exec(relative)?.[1]) ? relative : undefined;
}

/** Returns an absolute URL in its normal form (RFC 3986, 6.2) with single slashes in its path. */
function normal(value: string): string {
  if (!URL.canParse(value)) return value;
  const url = new URL(value);
  url.pathname = url.pathname.replaceAll(/\/{2,}/g, '/');
  return url.href;
}

/** Returns a token response for display: secrets are masked, long values are shortened. */
export function masked(raw: Json): Json {
  return Object.fromEntries(
    Object.entries(raw).map(([name, value]) => {
      if (typeof value !== 'string') return [name, name === 'token_type' ? value : short(value)];
      if (name !== 'token_type' && SECRET.test(name)) {
        return [name, `(masked, ${value.length} characters)`];
      }
      return [name, value.length > LONGEST_SHOWN ? `${value.slice(0, LONGEST_SHOWN)}…` : value];
    }),
  );
}

function short(value: unknown): unknown {
  const text = JSON.stringify(value) ?? '';
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : value;
}

/** Returns the launch context from the EHR, with every value checked. */
export function launchContext(
  response: TokenResponse,
  claims: Json | undefined,
  fhirBaseUrl: string,
): LaunchContext {
  // SMART 1.0 called the claim `profile`.
  const user = response.fhirUser ?? textIn(claims, 'fhirUser') ?? textIn(claims, 'profile');
  return {
    patient: response.patient,
    encounter: response.encounter,
    practitioner: response.practitioner,
    fhirUser: userReference(user, fhirBaseUrl),
    needPatientBanner: response.needPatientBanner,
    styleUrl: response.styleUrl,
    intent: response.intent,
    raw: masked(response.raw),
  };
}

/** Returns the user to show as signed in; undefined if the id_token has no name. */
export function userOf(claims: Json | undefined): SessionUser | undefined {
  const login = textIn(claims, 'preferred_username') ?? textIn(claims, 'email');
  const name = textIn(claims, 'name') ?? login;
  return name === undefined ? undefined : { name: name.slice(0, 200), login };
}
