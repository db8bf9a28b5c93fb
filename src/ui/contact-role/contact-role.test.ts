import { expect, test } from 'vitest';
import { contactRoles } from './contact-role.ts';

test("contactRoles translates letter codes of HL7's table and returns other roles as recorded", () => {
  const role = (
    code: string,
    more = {},
    system = 'http://terminology.hl7.org/CodeSystem/v2-0131',
  ) => contactRoles([{ coding: [{ system, code, ...more }] }]);
  expect(role('N')).toEqual(['Next of kin']);
  expect(role('C', {}, 'http://hl7.org/fhir/v2/0131')).toEqual(['Emergency contact']);
  expect(role('N', { display: 'Mother' })).toEqual(['Mother']);
  expect(role('X')).toEqual(['X']);
  // The same letter of another code system has another meaning.
  expect(role('N', {}, 'https://example.org/roles')).toEqual(['N']);
  expect(contactRoles([{ text: 'Mother' }, { text: 'Mother' }, null, 7])).toEqual(['Mother']);
  expect(contactRoles(undefined)).toEqual([]);
});
