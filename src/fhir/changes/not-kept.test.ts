import type { Patient } from 'fhir/r4';
import { expect, test } from 'vitest';
import { notKept } from './not-kept.ts';

const SENT: Omit<Patient, 'resourceType'> = {
  active: true,
  identifier: [{ system: 'urn:x', value: '1' }],
  name: [{ use: 'official', text: 'Otto  Neumann', family: 'Neumann ', given: ['Otto', 'Karl'] }],
  telecom: [
    { system: 'phone', value: '1' },
    { system: 'phone', value: '1', use: 'home' },
  ],
  deceasedDateTime: '2020-01-01T10:00:00+01:00',
  maritalStatus: { coding: [{ system: 'urn:m', code: 'M', display: 'Married' }], text: 'Married' },
  generalPractitioner: [{ reference: 'Practitioner/1', display: 'Dr. A' }],
  managingOrganization: { reference: 'https://a.example/fhir/Organization/1' },
  photo: [
    { contentType: 'image/png', url: 'https://a.example/Binary/1?Expires=1&Signature=a' },
    { contentType: 'image/png', data: 'AAAA\nBBBB' },
  ],
  _birthDate: { extension: [{ url: 'urn:e', valueString: 'x' }] },
};
const sent: Patient = { resourceType: 'Patient', ...SENT };

test.each<[string, Partial<Patient>]>([
  ['nothing', {}],
  [
    'its own id, meta and narrative',
    { id: '7', meta: { versionId: '1' }, text: { status: 'generated', div: '<div/>' } },
  ],
  ['trimmed blanks', { name: [{ use: 'official', family: 'Neumann', given: ['Otto', 'Karl'] }] }],
  ['another order', { telecom: SENT.telecom?.toReversed() ?? [] }],
  [
    'ids and extensions of its own',
    {
      telecom: (SENT.telecom ?? []).map((t, at) => ({
        ...t,
        id: `t${at}`,
        extension: [{ url: 'urn:own', valueBoolean: true }],
      })),
      extension: [{ url: 'urn:own', valueBoolean: true }],
    },
  ],
  ['another time zone', { deceasedDateTime: '2020-01-01T09:00:00.000Z' }],
  [
    'the display and the text of a code',
    { maritalStatus: { coding: [{ system: 'urn:m', code: 'M' }] } },
  ],
  [
    'a relative reference to an absolute one',
    { generalPractitioner: [{ reference: 'https://a.example/fhir/Practitioner/1/_history/3' }] },
  ],
  [
    'an absolute reference to a relative one',
    { managingOrganization: { reference: 'Organization/1' } },
  ],
  [
    'URL signatures and line breaks in base64',
    {
      photo: [
        { contentType: 'image/png', url: 'https://a.example/Binary/1?Expires=2&Signature=b' },
        { contentType: 'image/png', data: 'AAAABBBB' },
      ],
    },
  ],
  [
    'more than was sent',
    { gender: 'male', identifier: [...(SENT.identifier ?? []), { value: '2' }] },
  ],
])('notKept is empty if the server changes %s', (_, change) => {
  expect(notKept(sent, { ...sent, ...change })).toEqual([]);
});

test.each<[string, object, readonly string[]]>([
  ['an element', { telecom: undefined, active: undefined }, ['active', 'telecom']],
  [
    'one of two similar items',
    { telecom: [{ system: 'phone', value: '1', use: 'home' }] },
    ['telecom'],
  ],
  ['a part of a name', { name: [{ family: 'Neumann', given: ['Otto'] }] }, ['name']],
  ['a letter of a name', { name: [{ ...SENT.name?.[0], family: 'Neuman' }] }, ['name']],
  [
    'the time zone offset of a moment',
    { deceasedDateTime: '2020-01-01T10:00:00Z' },
    ['deceasedDateTime'],
  ],
  [
    'the target of a reference',
    { generalPractitioner: [{ reference: 'Practitioner/11' }] },
    ['generalPractitioner'],
  ],
  ['one of two photos', { photo: SENT.photo?.slice(0, 1) }, ['photo']],
  [
    'a picture',
    { photo: [SENT.photo?.[0], { contentType: 'image/png', data: 'AAAA' }] },
    ['photo'],
  ],
  ['the extension of a primitive', { _birthDate: undefined }, ['birthDate']],
  ['a flag', { active: false }, ['active']],
])('notKept names the element if the server loses %s', (_, change, lost) => {
  expect(notKept(sent, { ...sent, ...change })).toEqual(lost);
});

test('notKept counts an element that is only text, but not an empty one', () => {
  const name = [{ text: 'Otto Neumann' }];
  expect(notKept({ name, telecom: [{ id: 'a' }], photo: [] }, {})).toEqual(['name']);
  expect(notKept({ name }, { name: [{ text: 'Neumann, Otto' }] })).toEqual(['name']);
});
