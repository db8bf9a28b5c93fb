import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseConfig } from '#config/load.ts';
import { startSandbox, type Sandbox } from './sandbox.ts';

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ patients: 20, appOrigins: ['http://localhost:5999'] });
});
afterAll(() => sandbox.close());

const get = (path: string, token?: string) =>
  fetch(`${sandbox.fhir.baseUrl}/${path}`, {
    headers: token ? { authorization: `Bearer ${token}` } : {},
  });

const create = (token: string) =>
  fetch(`${sandbox.fhir.baseUrl}/Patient`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' },
    body: JSON.stringify({ resourceType: 'Patient', name: [{ family: 'New' }] }),
  });

it('names four kinds of sign-in and the EHR in a configuration that passes the check', () => {
  const config = parseConfig(sandbox.appConfig());
  expect(config.servers.map((s) => [s.id, s.auth.type])).toEqual([
    ['entra', 'entra'],
    ['ehr', 'smart'],
    ['open', 'open'],
    ['token', 'token'],
  ]);
  expect(config.smartLaunch.issuers).toHaveLength(1);
});

it('refuses requests without a token, except at the open base', async () => {
  expect((await get('Patient')).status).toBe(401);
  expect((await fetch(`${sandbox.open}/Patient`)).status).toBe(200);
});

it('allows an Entra user what the role of the user permits', async () => {
  const [contributor, reader, nobody] = await Promise.all(
    sandbox.entra.users.map((user) => sandbox.entra.accessToken(user.id)),
  );
  expect((await get('Patient', contributor)).status).toBe(200);
  expect((await create(contributor!)).status).toBe(201);
  expect((await get('Patient', reader)).status).toBe(200);
  expect((await create(reader!)).status).toBe(403);
  expect((await get('Patient', nobody)).status).toBe(403);
});

it('refuses a token with a wrong audience, an expired token and a forged token', async () => {
  const { control } = sandbox.entra;
  control.audience = 'https://other.example';
  expect((await get('Patient', await sandbox.entra.accessToken())).status).toBe(401);
  control.reset();
  control.tokenLifetime = -60;
  expect((await get('Patient', await sandbox.entra.accessToken())).status).toBe(401);
  control.reset();
  const [head, , signature] = (await sandbox.entra.accessToken()).split('.');
  const forged = Buffer.from(JSON.stringify({ aud: sandbox.fhir.baseUrl })).toString('base64url');
  expect((await get('Patient', `${head}.${forged}.${signature}`)).status).toBe(401);
});

it('limits a SMART token to its scopes and to the patient in context', async () => {
  const token = await sandbox.ehr.accessToken({
    scope: 'launch patient/*.rs',
    context: { patient: 'p0001' },
  });
  expect((await get('Patient/p0001', token)).status).toBe(200);
  expect([403, 404]).toContain((await get('Patient/p0002', token)).status);
  expect((await create(token)).status).toBe(403);
  sandbox.ehr.control.tokenFormat = 'opaque';
  const opaque = await sandbox.ehr.accessToken({ scope: 'user/Patient.rs' });
  expect((await get('Patient/p0002', opaque)).status).toBe(200);
  sandbox.ehr.control.reset();
});

it('publishes the SMART configuration, from which the control can remove PKCE', async () => {
  const read = async () =>
    (await (await get('.well-known/smart-configuration')).json()) as Record<string, unknown>;
  expect(await read()).toMatchObject({
    authorization_endpoint: `${sandbox.ehr.origin}/auth/authorize`,
    code_challenge_methods_supported: ['S256'],
  });
  sandbox.ehr.control.advertiseS256 = false;
  expect((await read()).code_challenge_methods_supported).toBeUndefined();
  sandbox.reset();
});
