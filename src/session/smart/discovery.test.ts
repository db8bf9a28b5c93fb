import { describe, expect, it } from 'vitest';
import { parseConfig } from '#config/load.ts';
import { LaunchError } from '../errors.ts';
import { isAllowedEndpoint, readMetadata } from './discovery.ts';
import { siteOfIssuer } from './site.ts';

const [issuer] = parseConfig({
  smartLaunch: {
    issuers: [
      {
        iss: 'https://ehr.example/fhir',
        label: 'EHR',
        clientId: 'app',
        endpointOrigins: ['https://login.example'],
      },
    ],
  },
}).smartLaunch.issuers;
if (!issuer) throw new Error('no issuer');
const site = siteOfIssuer(issuer);

const metadata = (more: object = {}) => ({
  authorization_endpoint: 'https://login.example/authorize',
  token_endpoint: 'https://ehr.example/token',
  code_challenge_methods_supported: ['S256'],
  ...more,
});

const failure = (value: unknown): string | undefined => {
  try {
    readMetadata(value, site);
    return undefined;
  } catch (error) {
    return error instanceof LaunchError ? error.failure : 'another error';
  }
};

describe('requirement 17: metadata of an allowed issuer', () => {
  it('is accepted with allowed endpoints, and relative ones resolve against the FHIR base (requirement 14)', () => {
    const read = readMetadata(metadata({ token_endpoint: 'auth/token' }), site);
    expect(read.tokenEndpoint).toBe('https://ehr.example/fhir/auth/token');
    expect(read.s256).toBe(true);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'http://login.example/authorize',
    'https://evil.test/authorize',
    'https://login.example.evil.test/',
    'https://login.example@evil.test/',
    'https://user@login.example/',
    'https://login.example:444/',
    '//evil.test/authorize',
  ])('is refused with an endpoint at %s', (endpoint) => {
    expect(failure(metadata({ authorization_endpoint: endpoint }))).toBe('endpoint-not-allowed');
    expect(failure(metadata({ token_endpoint: endpoint }))).toBe('endpoint-not-allowed');
  });

  it.each([
    [true, true],
    ['true', false],
    [undefined, false],
  ])(
    'tells whether authorization responses name their issuer (requirement 30): %j',
    (value, expected) => {
      const more = { authorization_response_iss_parameter_supported: value };
      expect(readMetadata(metadata(more), site).namesIssuer).toBe(expected);
    },
  );

  it('ignores a revocation endpoint at another origin', () => {
    const read = readMetadata(metadata({ revocation_endpoint: 'https://evil.test/' }), site);
    expect(read.revocationEndpoint).toBeUndefined();
  });

  it.each([[null], [[]], ['text'], [{}], [metadata({ token_endpoint: 7 })]])(
    'is rejected if it is %j',
    (value) => {
      expect(failure(value)).toBe('discovery');
    },
  );
});

describe('isAllowedEndpoint', () => {
  it('refuses a value that is not an absolute URL', () => {
    expect(isAllowedEndpoint('', ['https://a'])).toBe(false);
    expect(isAllowedEndpoint('/relative', ['https://a'])).toBe(false);
  });
});
