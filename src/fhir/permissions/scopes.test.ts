import { describe, expect, it } from 'vitest';
import { readCapability } from './capability.ts';
import { may, parseScope } from './scopes.ts';

describe('scopes', () => {
  it.each([
    ['patient/*.read', 'rs'],
    ['user/Patient.write', 'cud'],
    ['user/Patient.cruds', 'cruds'],
    ['patient/*.*', 'cruds'],
    ['https://contoso.example/patient.Patient.rs', 'rs'],
    ['patient$Patient.read', 'rs'],
    ['user%2fPatient.r', 'r'],
    ['system/all.all', 'cruds'],
    ['patient/Observation.rs?category=laboratory', 'rs'],
  ])('such as %s allow the actions %s', (scope, letters) => {
    expect(new Set(parseScope(scope)?.actions)).toEqual(new Set(letters));
  });

  it('allow or forbid an action, or leave it to the server if they name no resources', () => {
    expect(may(undefined, 'Patient', 'c')).toBeUndefined();
    expect(
      may(['launch', 'openid', 'https://x/user_impersonation'], 'Patient', 'c'),
    ).toBeUndefined();
    // A SMART server granted launch and identity only, so no resource is allowed.
    expect(may(['launch', 'openid', 'fhirUser'], 'Patient', 's')).toBe(false);
    expect(may(['openid', 'profile'], 'Patient', 's')).toBeUndefined();
    expect(may(['launch', 'patient/*.rs'], 'Patient', 'c')).toBe(false);
    expect(may(['user/Observation.cruds', 'user/Patient.r'], 'Patient', 's')).toBe(false);
  });

  it('for the patient of a launch do not allow creating another patient', () => {
    const launch = ['launch', 'patient/*.cruds', 'patient/Patient.write'];
    expect(may(launch, 'Patient', 'c')).toBe(false);
    expect(may(launch, 'Patient', 'u')).toBe(true);
    expect(may(launch, 'Provenance', 'c')).toBe(true);
    expect(may([...launch, 'user/Patient.c'], 'Patient', 'c')).toBe(true);
    expect(may(['system/*.*'], 'Patient', 'c')).toBe(true);
  });
});

describe('readCapability', () => {
  const capability = readCapability({
    fhirVersion: '4.0.1',
    software: { name: 'X', version: '1' },
    rest: [
      {
        mode: 'server',
        operation: [{ name: '$export' }],
        resource: [
          {
            type: 'Patient',
            versioning: 'versioned',
            interaction: [{ code: 'read' }, { code: 'search-type' }],
            searchParam: [{ name: 'name', type: 'string' }],
            searchInclude: ['Patient:link'],
            operation: [{ name: 'match' }],
          },
        ],
      },
    ],
  });
  it('answers true, false, or undefined where the statement does not say', () => {
    expect(capability.otherVersion).toBeUndefined();
    expect(capability.software).toBe('X 1');
    expect(capability.interaction('Patient', 'read')).toBe(true);
    expect(capability.interaction('Patient', 'create')).toBe(false);
    expect(capability.interaction('Basic', 'read')).toBe(false);
    expect(capability.searchParam('Patient', 'name')).toBe(true);
    expect(capability.searchParam('Patient', 'deceased')).toBe(false);
    expect(capability.searchParam('Patient', '_lastUpdated')).toBeUndefined();
    expect(capability.includes('Patient', 'Patient:link')).toBe(true);
    expect(capability.includes('Patient', 'Patient:organization')).toBe(false);
    expect(capability.includes('Basic', 'Patient:link')).toBe(false);
    expect(capability.operation('Patient', 'match')).toBe(true);
    expect(capability.operation(undefined, 'export')).toBe(true);
    expect(capability.operation('Patient', 'validate')).toBe(false);
    const group = { name: 'group-export', definition: 'http://x/OperationDefinition/group-export' };
    const ofGroups = readCapability({ rest: [{ operation: [group] }] });
    expect(ofGroups.operation(undefined, 'group-export')).toBe(true);
    expect(ofGroups.operation(undefined, 'export')).toBe(false);
    const silent = readCapability({});
    expect(silent.interaction('Patient', 'create')).toBeUndefined();
    expect(silent.searchParam('Patient', 'x')).toBeUndefined();
  });
});
