import type { FhirResource } from 'fhir/r4';
import { expect } from 'vitest';
import { Browserless, pkcePair, type Answer } from '../browserless.ts';
import { startEhr, type Ehr } from './ehr.ts';
import type { LaunchContext } from '../launch-context.ts';

/** Origin of the app; below it the FHIR base of the launches. Neither exists in these tests. */
export const APP = 'http://localhost:5999';
export const REDIRECT = `${APP}/callback`;
export const FHIR = 'http://localhost:5998/fhir';
export const SCOPE = 'launch openid fhirUser offline_access patient/*.rs';

const resources: FhirResource[] = [
  { resourceType: 'Practitioner', id: 'dr-1', name: [{ family: 'Okafor', given: ['Ada'] }] },
  { resourceType: 'Patient', id: 'p0001', name: [{ family: 'Lind', given: ['Eva'] }] },
  { resourceType: 'Patient', id: 'p0002', name: [{ family: 'Sato', given: ['Ren'] }] },
];

type Values = Record<string, string>;

export interface Launched {
  /** The parameters of the redirect to the app. */
  readonly answer: URLSearchParams;
  readonly response: Answer;
  readonly body: Record<string, unknown>;
}

/** An EHR, and an app that talks to it as a browser would, for unit tests. */
export interface TestEhr {
  readonly ehr: Ehr;
  readonly authorizeUrl: (challenge: string | undefined, more?: Values, path?: string) => string;
  /** Follows the redirects of an address to the app. Resolves to the parameters it gets. */
  readonly redirected: (url: string) => Promise<URLSearchParams>;
  /** Posts a form to the token endpoint, or to another path. */
  readonly redeem: (form: Values, path?: string) => Promise<Answer>;
  /** Carries out a complete EHR launch. */
  readonly launched: (context: LaunchContext, more?: Values) => Promise<Launched>;
}

export async function startTestEhr(): Promise<TestEhr> {
  const ehr = await startEhr({
    fhirBase: FHIR,
    appOrigins: () => [APP],
    resources: (type) => resources.filter((r) => r.resourceType === type),
  });

  const authorizeUrl: TestEhr['authorizeUrl'] = (
    challenge,
    more = {},
    path = '/auth/authorize',
  ) => {
    const params = new URLSearchParams({
      client_id: ehr.clientId,
      response_type: 'code',
      redirect_uri: REDIRECT,
      scope: SCOPE,
      state: 'state-1',
      aud: FHIR,
      ...(challenge && { code_challenge: challenge, code_challenge_method: 'S256' }),
      ...more,
    });
    return `${ehr.origin}${path}?${params}`;
  };

  const redeem: TestEhr['redeem'] = (form, path = '/auth/token') =>
    new Browserless().send(`${ehr.origin}${path}`, {
      form: { client_id: ehr.clientId, ...form },
      headers: { origin: APP },
    });

  const redirected: TestEhr['redirected'] = async (url) => {
    const { url: reached } = await new Browserless().follow(url, APP);
    expect(reached.href).toMatch(/^http:\/\/localhost:5999\/callback\?/);
    return reached.searchParams;
  };

  const launched: TestEhr['launched'] = async (context, more = {}) => {
    const { verifier, challenge } = pkcePair();
    const answer = await redirected(
      authorizeUrl(challenge, { launch: ehr.newLaunch(context), ...more }),
    );
    expect(answer.get('state')).toBe('state-1');
    const response = await redeem({
      grant_type: 'authorization_code',
      code: answer.get('code') ?? '',
      redirect_uri: REDIRECT,
      code_verifier: verifier,
    });
    return { answer, response, body: response.json() };
  };

  return { ehr, authorizeUrl, redirected, redeem, launched };
}
