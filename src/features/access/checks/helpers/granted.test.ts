import { describe, expect, it } from 'vitest';
import { NO_CONTEXT } from '#session/session.ts';
import { notGranted, type Arrived } from './granted.ts';

const ASKED = 'launch openid fhirUser patient/*.rs patient/Observation.rs';
const CAME: Arrived = {
  context: {
    ...NO_CONTEXT,
    patient: 'p1',
    fhirUser: 'Practitioner/1',
    raw: { id_token: '(masked)' },
  },
  hasRefreshToken: true,
};
const NOTHING_CAME: Arrived = { context: NO_CONTEXT, hasRefreshToken: false };

const result = (asked: string, granted: string, came = CAME): string => {
  const { missing, narrowed } = notGranted(asked.split(' '), granted.split(' '), came);
  return [...missing.map((s) => `missing ${s}`), ...narrowed.map((s) => `narrowed ${s}`)].join(',');
};

describe('equivalent granted scopes', () => {
  it.each([
    ['granted in SMART v1 syntax', ASKED, 'launch openid fhirUser patient/*.read'],
    ['a single type covered by a granted wildcard', ASKED, 'launch openid fhirUser patient/*.rs'],
    ['launch and identity scopes whose result came', ASKED, 'patient/*.rs'],
    [
      'one granted scope for each permission letter',
      'patient/Patient.rs',
      'patient/Patient.r patient/Patient.s',
    ],
    ['broader granted scopes', 'patient/Patient.r', 'user/*.cruds'],
    ['granted in Entra ID spelling', 'user/Patient.rs', 'https://fhir.example/user.Patient.read'],
    ['offline_access if a refresh token came', 'offline_access patient/*.rs', 'patient/*.rs'],
    ['no resource scope among the granted scopes', 'patient/*.rs', 'user_impersonation'],
  ])('are not reported as missing: %s', (_how, asked, granted) => {
    expect(result(asked, granted)).toBe('');
  });

  it('a wildcard granted as single types is narrowed', () => {
    expect(result('patient/*.rs', 'patient/Patient.rs patient/Observation.rs')).toBe(
      'narrowed patient/*.rs',
    );
  });

  it('a scope granted with a filter is narrowed', () => {
    const filtered = 'patient/Observation.rs?category=laboratory';
    expect(result('patient/Observation.rs', filtered)).toBe('narrowed patient/Observation.rs');
    expect(result(filtered, filtered)).toBe('');
    expect(result(filtered, 'patient/Observation.read')).toBe('');
  });
});

describe('missing scopes', () => {
  it.each([
    ['user/*.cruds', 'user/Patient.rs', 'missing user/*.cruds'],
    ['user/*.rs', 'patient/*.rs', 'missing user/*.rs'],
    ['patient/Observation.rs', 'patient/Patient.rs', 'missing patient/Observation.rs'],
    ['patient/*.rs', 'launch openid', 'missing patient/*.rs'],
  ])('%s granted as %s', (asked, granted, expected) => {
    expect(result(asked, granted)).toBe(expected);
  });

  it('scopes without their effect are missing', () => {
    expect(result('launch openid fhirUser offline_access', 'patient/*.rs', NOTHING_CAME)).toBe(
      'missing launch,missing openid,missing fhirUser,missing offline_access',
    );
  });
});
