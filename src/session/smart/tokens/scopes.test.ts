import { describe, expect, it } from 'vitest';
import { grantedScopes, scopesToAsk } from './scopes.ts';

const V1 = ['permission-v1'];
const V2 = ['permission-v2'];

describe('requirement 22: requested scopes', () => {
  it('are the configured ones, with launch only for an EHR launch', () => {
    expect(scopesToAsk('openid user/Patient.rs', V2, true)).toEqual([
      'launch',
      'openid',
      'user/Patient.rs',
    ]);
    expect(scopesToAsk('launch openid user/Patient.rs', V2, false)).toEqual([
      'openid',
      'user/Patient.rs',
    ]);
    expect(scopesToAsk('launch openid', V2, true)).toEqual(['launch', 'openid']);
  });

  it('are translated to v1 for a server that supports only v1', () => {
    expect(scopesToAsk('user/Patient.rs patient/*.cud user/*.cruds', V1, false)).toEqual([
      'user/Patient.read',
      'patient/*.write',
      'user/*.*',
    ]);
  });

  it('are translated to v1 for a server that declares permissions, but not v2', () => {
    const capabilities = ['permission-offline', 'permission-user'];
    expect(scopesToAsk('openid user/Patient.rs user/*.cruds', capabilities, false)).toEqual([
      'openid',
      'user/Patient.read',
      'user/*.*',
    ]);
    expect(scopesToAsk('user/Patient.read', capabilities, false)).toEqual(['user/Patient.read']);
  });

  it.each([
    'patient/Observation.rs?category=laboratory',
    'patient/Observation.read?category=laboratory',
    'patient/Patient.r',
    'patient/Patient.c',
    'user/Patient.cu',
    'user/Patient.crus',
  ])('are not widened if v1 cannot express %s', (scope) => {
    expect(scopesToAsk(`openid ${scope}`, V1, false)).toEqual(['openid', scope]);
  });

  it('are translated to v2 for a server that supports only v2', () => {
    expect(scopesToAsk('user/Patient.read patient/*.write user/*.*', V2, false)).toEqual([
      'user/Patient.rs',
      'patient/*.cud',
      'user/*.cruds',
    ]);
  });

  it('stay unchanged if the server supports both versions or declares no permissions', () => {
    expect(scopesToAsk('user/Patient.read', [...V1, ...V2], false)).toEqual(['user/Patient.read']);
    for (const none of [[], ['launch-ehr', 'client-public']]) {
      expect(scopesToAsk('user/Patient.rs', none, false)).toEqual(['user/Patient.rs']);
      expect(scopesToAsk('user/Patient.read', none, false)).toEqual(['user/Patient.read']);
    }
  });

  it('contain no duplicates and keep filters in v2', () => {
    expect(scopesToAsk('openid openid', V2, false)).toEqual(['openid']);
    expect(scopesToAsk('patient/Observation.rs?category=laboratory', V2, false)).toEqual([
      'patient/Observation.rs?category=laboratory',
    ]);
  });
});

describe('granted scopes', () => {
  it('are undefined if the server does not name them', () => {
    expect(grantedScopes(undefined)).toBeUndefined();
    expect(grantedScopes(' a  b ')).toEqual(['a', 'b']);
  });
});
