import { describe, expect, it } from 'vitest';
import { parseConfig } from '#config/load.ts';
import { findIssuer } from './allow-list.ts';

const { issuers } = parseConfig({
  smartLaunch: { issuers: [{ iss: 'https://good/fhir', label: 'Good', clientId: 'app' }] },
}).smartLaunch;

describe('requirement 15: allow-list of issuers', () => {
  it.each(['https://good/fhir', 'https://good/fhir/', 'https://good/fhir//'])(
    'accepts %s',
    (iss) => {
      expect(findIssuer(iss, issuers)?.label).toBe('Good');
    },
  );

  it.each([
    'https://evil.test/fhir',
    'https://good.evil.test',
    'https://good/fhir.evil',
    'https://good/fhir/../x',
    'https://good/fhir/./',
    'https://good/fhir?x',
    'https://good/fhir#x',
    'https://good@evil.test/fhir',
    'https://user:pw@good/fhir',
    'https://good:444/fhir',
    'https://good:443/fhir',
    'http://good/fhir',
    'HTTPS://GOOD/FHIR',
    'https://GOOD/fhir',
    'https://good./fhir',
    ' https://good/fhir',
    'https://good/fhir ',
    'https://good%2ffhir',
    'https:\\\\good\\fhir',
    'javascript:alert(1)',
    'data:text/html,x',
    '//good/fhir',
    '',
  ])('refuses %j', (iss) => {
    expect(findIssuer(iss, issuers)).toBeUndefined();
  });

  it.each(['/', '/a', 'a'])('refuses a very long address of many "%s"', (part) => {
    expect(findIssuer(`https://good/fhir${part.repeat(10_000)}`, issuers)).toBeUndefined();
  });
});
