import { describe, expect, it } from 'vitest';
import { LaunchError } from '../../errors.ts';
import {
  afterReload,
  answer,
  asked,
  config,
  FIRST,
  launched,
  stored,
  take,
} from '../smart-fixture.ts';

/** Returns the error of a response with the right state. */
async function failure(query: Record<string, string>, site = config()): Promise<LaunchError> {
  launched(FIRST);
  const error: unknown = await take({ state: FIRST, ...query }, site).catch((e: unknown) => e);
  if (!(error instanceof LaunchError)) throw new Error('There was no error', { cause: error });
  return error;
}

describe('requirement 34: token of unknown lifetime', () => {
  it.each([
    ['opaque, with a dot in it', 'ya29.a0AfH6SMBx'],
    ['a JSON Web Token with letters of base64url', 'e30.eyJ4IjoiPz8-PiJ9.x'],
  ])('is accepted: %s', async (_name, access_token) => {
    launched(FIRST);
    answer.body = { access_token, token_type: 'bearer', patient: 'p1' };
    const done = await take({ code: 'c', state: FIRST });
    expect(done?.session.context.patient).toBe('p1');
    expect(await done?.session.inspect()).toMatchObject({ expiresAt: undefined });
  });
});

describe('requirement 33: error of the token endpoint', () => {
  it.each([
    [401, { error: 'invalid_client' }, 'invalid_client'],
    [400, { error: 'invalid_scope', error_description: 'no: not that' }, 'invalid_scope'],
    [503, { error: 'temporarily_unavailable' }, 'temporarily_unavailable'],
    [
      400,
      { error: 'invalid_request', error_description: 'AADSTS9002325: PKCE' },
      'AADSTS9002325 invalid_request',
    ],
    [
      401,
      { error: 'invalid_client', error_description: 'AADSTS7000218: x' },
      'AADSTS7000218 invalid_client',
    ],
    [500, { message: 'invalid_scope' }, 'HTTP 500'],
    [400, { error: { code: 'invalid_scope' } }, 'HTTP 400'],
  ])('%i %j has the code %s', async (status, body, code) => {
    Object.assign(answer, { status, body });
    expect(await failure({ code: 'c' })).toMatchObject({ failure: 'token-response', code });
  });

  it('tells whether the server is behind the legacy Azure proxy', async () => {
    Object.assign(answer, { status: 401, body: { error: 'invalid_client' } });
    expect(await failure({ code: 'c' })).toMatchObject({ legacyAzureProxy: false });
    expect(await failure({ code: 'c' }, config(true))).toMatchObject({ legacyAzureProxy: true });
  });
});

describe('requirement 32: error of the authorization server', () => {
  it.each(['AADSTS65004', 'AADSTS65001', 'AADSTS50105', 'AADSTS700016', 'AADB2C90091'])(
    "has Microsoft's error number before the OAuth error code: %s",
    async (code) => {
      const error = { error: 'access_denied', error_description: `${code}: because` };
      expect(await failure(error)).toMatchObject({
        failure: 'denied',
        code: `${code} access_denied`,
      });
      expect(await failure({ error: 'access_denied' })).toMatchObject({ code: 'access_denied' });
    },
  );
});

describe('requirement 45: server with an id that belonged to another server', () => {
  const moved = (): void => {
    const state: object = JSON.parse(stored.get(FIRST) ?? '{}');
    stored.set(FIRST, JSON.stringify({ ...state, serverUrl: 'https://former.example/fhir' }));
  };

  it('does not receive the code of a launch at the former server', async () => {
    launched(FIRST);
    moved();
    await expect(take({ code: 'c', state: FIRST })).rejects.toMatchObject({ failure: 'bad-state' });
    expect(asked).toEqual([]);
  });

  it('does not restore the session of the former server', async () => {
    answer.body = { ...answer.body, patient: 'p1' };
    launched(FIRST);
    await take({ code: 'c', state: FIRST });
    expect(await afterReload()).toBe('p1');
    moved();
    expect(await afterReload()).toBeUndefined();
  });
});

describe('error response without state', () => {
  const said = { error: 'access_denied', error_description: 'Call +1 900' };

  it('is refused without its text if no sign-in is pending', async () => {
    for (const site of [config(), config(true)]) {
      const refused = { failure: 'bad-state', detail: undefined };
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await expect(take(said, site)).rejects.toMatchObject(refused);
    }
  });

  it('does not end a pending sign-in at a server that must send state (RFC 6749, 4.1.2.1)', async () => {
    launched(FIRST);
    await expect(take(said)).rejects.toMatchObject({ failure: 'bad-state', detail: undefined });
    await expect(take({ code: 'c' })).rejects.toMatchObject({ failure: 'bad-state' });
    await expect(take({ code: 'c', state: FIRST })).resolves.toBeTruthy();
  });

  it('ends the sign-in at a server behind the legacy Azure proxy, which omits state', async () => {
    launched(FIRST);
    await expect(take(said, config(true))).rejects.toMatchObject({
      failure: 'denied',
      detail: 'Call +1 900',
    });
  });
});
