import { describe, expect, it } from 'vitest';
import { grantedScopes, scopesToAsk } from './scopes.ts';

const V1 = ['permission-v1'];
const V2 = ['permission-v2'];

describe('requirement 22: the scopes asked for', () => {
  it('are the configured ones, with launch for an EHR launch only', () => {
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

  it('are put into v1 for a server that knows only that', () => {
    expect(scopesToAsk('user/Patient.rs patient/*.cud user/*.cruds', V1, false)).toEqual([
      'user/Patient.read',
      'patient/*.write',
      'user/*.*',
    ]);
  });

  it.each([
    'patient/Observation.rs?category=laboratory',
    'patient/Observation.read?category=laboratory',
    'patient/Patient.r',
    'patient/Patient.c',
    'user/Patient.cu',
    'user/Patient.crus',
  ])('are never widened for v1, which cannot say %s', (scope) => {
    expect(scopesToAsk(`openid ${scope}`, V1, false)).toEqual(['openid', scope]);
  });

  it('are put into v2 for a server that knows only that', () => {
    expect(scopesToAsk('user/Patient.read patient/*.write user/*.*', V2, false)).toEqual([
      'user/Patient.rs',
      'patient/*.cud',
      'user/*.cruds',
    ]);
  });

  it('stay as they are where the server knows both or does not say', () => {
    expect(scopesToAsk('user/Patient.read', [...V1, ...V2], false)).toEqual(['user/Patient.read']);
    expect(scopesToAsk('user/Patient.read', [], false)).toEqual(['user/Patient.read']);
  });

  it('are asked once each, and never lose a filter in v2', () => {
    expect(scopesToAsk('openid openid', V2, false)).toEqual(['openid']);
    expect(scopesToAsk('patient/Observation.rs?category=laboratory', V2, false)).toEqual([
      'patient/Observation.rs?category=laboratory',
    ]);
  });
});

describe('granted scopes', () => {
  it('are unknown where the server did not say', () => {
    expect(grantedScopes(undefined)).toBeUndefined();
    expect(grantedScopes(' a  b ')).toEqual(['a', 'b']);
  });
});
