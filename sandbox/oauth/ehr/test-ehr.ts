import type { FhirResource } from 'fhir/r4';
import { expect } from 'vitest';
import { Browserless, pkcePair, type Answer } from '../browserless.ts';
import { startEhr, type Ehr } from './ehr.ts';
import type { LaunchContext } from '../launch-context.ts';

/** Where the app would be, and the FHIR base of the launches. Nobody listens at either. */
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
  /** The parameters with which the app is called back. */
  readonly answer: URLSearchParams;
  readonly response: Answer;
  readonly body: Record<string, unknown>;
}

/** An EHR with an app that speaks to it as a browser would, for unit tests. */
export interface TestEhr {
  readonly ehr: Ehr;
  readonly authorizeUrl: (challenge: string | undefined, more?: Values, path?: string) => string;
  /** Follows an address to the app. */
  readonly redirected: (url: string) => Promise<URLSearchParams>;
  /** A POST of the app to the token endpoint, or another. */
  readonly redeem: (form: Values, path?: string) => Promise<Answer>;
  /** A whole EHR launch. */
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
