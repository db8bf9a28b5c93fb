import { describe, expect, test } from 'vitest';
import { caveats } from './caveats.ts';

const CONFIDENTIALITY = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';
const ACT = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const INLINE =
  'http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-inline-sec-label';

const labelled = (code: string, system?: string) => ({
  resourceType: 'Observation',
  meta: { security: [{ ...(system && { system }), code }] },
});
const inline = (code: string) => ({
  url: INLINE,
  valueCoding: { system: CONFIDENTIALITY, code },
});

describe('caveats', () => {
  test.each<[string, object]>([
    ['very restricted', labelled('V', CONFIDENTIALITY)],
    ['restricted, as in STU3', labelled('R', 'http://hl7.org/fhir/v3/Confidentiality')],
    ['restricted, as in CDA', labelled('R', 'urn:oid:2.16.840.1.113883.5.25')],
    ['restricted, without a system', labelled('R')],
    ['psychiatry', labelled('PSY', ACT)],
    ['a celebrity', labelled('CEL', ACT)],
    [
      'a document, by the label on what it refers to',
      { securityLabel: [{ coding: [{ system: CONFIDENTIALITY, code: 'V' }] }] },
    ],
    ['a part', { name: [{ extension: [inline('R')] }] }],
    ['a primitive', { _birthDate: { extension: [inline('V')] } }],
    ['an extension', { extension: [{ url: 'x', extension: [inline('R')] }] }],
  ])('returns restricted for a label of this kind: %s', (_, resource) => {
    expect(caveats(resource)).toEqual(['restricted']);
  });

  test.each<[string, object]>([
    ['nothing', {}],
    ['normal', labelled('N', CONFIDENTIALITY)],
    ['a part that is normal', { name: [{ extension: [inline('N')] }] }],
    ['how to handle it', labelled('PROCESSINLINELABEL', ACT)],
    ['a code of another system', labelled('R', 'https://example.org/wards')],
    ['a test', labelled('HTEST', 'http://terminology.hl7.org/CodeSystem/v3-ActReason')],
    ['a narrative made from the data', { text: { status: 'generated' } }],
  ])('returns nothing for a label or narrative of this kind: %s', (_, resource) => {
    expect(caveats(resource)).toEqual([]);
  });

  test('returns withheld for a redacted record, narrative for an additional narrative', () => {
    const system = 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue';
    expect(caveats(labelled('REDACTED', system))).toEqual(['withheld']);
    expect(caveats(labelled('MASKED', system))).toEqual(['withheld']);
    expect(caveats({ text: { status: 'additional' } })).toEqual(['narrative']);
  });

  test('returns the most serious caveat first', () => {
    const all = {
      ...labelled('V', CONFIDENTIALITY),
      text: { status: 'additional' },
      implicitRules: 'https://example.org/rules',
    };
    expect(caveats(all)).toEqual(['modified', 'narrative', 'restricted']);
  });
});
