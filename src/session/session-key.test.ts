import { describe, expect, it } from 'vitest';
import { parseConfig } from '#config/load.ts';
import { method as open } from './open/method.ts';
import type { SignInMethod } from './method.ts';
import { method as token } from './token/method.ts';

async function keyAt(method: SignInMethod, type: 'open' | 'token', fhirBaseUrl: string) {
  const config = parseConfig({ servers: [{ id: 'a', label: 'A', fhirBaseUrl, auth: { type } }] });
  const subject = `e30.${btoa('{"sub":"s"}').replaceAll('=', '')}.x`;
  const session = await method.signIn(config.servers[0]!, { token: subject });
  return session === 'leaving' ? undefined : session.key;
}

describe('session key', () => {
  it.each([
    ['open', open],
    ['token', token],
  ] as const)('differs between two servers with the same id: %s', async (type, method) => {
    const former = await keyAt(method, type, 'https://test.example/fhir');
    expect(await keyAt(method, type, 'https://test.example/fhir')).toBe(former);
    expect(await keyAt(method, type, 'https://live.example/fhir')).not.toBe(former);
  });
});
