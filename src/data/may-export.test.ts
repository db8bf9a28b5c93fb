import { describe, expect, it } from 'vitest';
import { readCapability } from '#fhir/permissions/capability.ts';
import { mayExport } from './may-export.ts';

const server = (rest: object) => readCapability({ rest: [{ mode: 'server', ...rest }] });
const microsoft = server({
  resource: [{ type: 'Patient' }, { type: 'Group' }],
  operation: [{ name: 'export' }, { name: 'patient-export' }, { name: 'group-export' }],
});
const none = server({ resource: [{ type: 'Patient' }] });
const groupOnly = server({
  resource: [{ type: 'Patient' }, { type: 'Group', operation: [{ name: 'export' }] }],
});

const byGuide = readCapability({
  instantiates: ['http://hl7.org/fhir/uv/bulkdata/CapabilityStatement/bulk-data'],
  rest: [{ mode: 'server', resource: [{ type: 'Patient' }, { type: 'Group' }] }],
});

describe('mayExport', () => {
  it.each([
    ['every level of Microsoft’s servers', microsoft, ['system', 'Patient', 'Group']],
    ['the Group level alone', groupOnly, ['Group']],
    ['every level where the server follows the guide', byGuide, ['system', 'Patient', 'Group']],
    ['every level where nothing is known', undefined, ['system', 'Patient', 'Group']],
  ])('offers the export at %s', (_, capability, levels) => {
    expect(mayExport({ scopes: undefined, capability })).toMatchObject({ allowed: true, levels });
  });

  it('distinguishes declared levels from levels that the server may have', () => {
    expect(mayExport({ scopes: undefined, capability: groupOnly }).declared).toBe(true);
    expect(mayExport({ scopes: undefined, capability: undefined }).declared).toBe(false);
  });

  it.each([
    ['capability', 'none declared', { capability: none, scopes: undefined }],
    ['scope', 'of a launch', { capability: microsoft, scopes: ['patient/*.read', 'launch'] }],
    ['role', 'reader', { capability: microsoft, scopes: undefined, roles: ['FHIR Data Reader'] }],
    ['role', 'writer', { capability: microsoft, scopes: undefined, roles: ['FHIR Data Writer'] }],
    ['role', 'globalReader', { capability: microsoft, scopes: undefined, roles: ['globalReader'] }],
  ])('gives the %s as the reason for a refusal: %s', (reason, _, known) => {
    expect(mayExport(known)).toMatchObject({ allowed: false, reason });
  });

  it.each([
    [{ scopes: ['system/*.read'] }],
    [{ scopes: ['user/*.rs', 'openid'] }],
    [{ scopes: ['user_impersonation'] }],
    [{ scopes: undefined, roles: ['FHIR Data Reader', 'FHIR Data Exporter'] }],
    [{ scopes: undefined, roles: ['globalWriter'] }],
    [{ scopes: undefined, roles: ['something of the site’s own'] }],
  ])('allows the export with %o and leaves the decision to the server', (known) => {
    expect(mayExport({ capability: microsoft, ...known }).allowed).toBe(true);
  });
});
