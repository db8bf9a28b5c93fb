import { describe, expect, it } from 'vitest';
import { isId } from '#lib/id.ts';
import { fieldPath, shownIssues } from './changes/field-issues.ts';
import { issueText, readIssues, remark, remarkCode } from './outcome.ts';
import { localReference } from './reference.ts';
import { contactHref, safeHref } from './safe-url.ts';

describe('an OperationOutcome', () => {
  it.each([
    ['Patient.name[0].family', 'name.0.family'],
    ['Patient.birthDate', 'birthDate'],
    ['Patient.contact[1].telecom[0].value', 'contact.1.telecom.0.value'],
    ["Patient.extension.where(url='x').value", 'extension'],
    ['/f:Patient/f:name[1]/f:family', 'name.0.family'],
    ['Patient.deceased[x]', 'deceased'],
    ['Patient', undefined],
    ['Observation.value', undefined],
    ['Patient.name[0].__proto__(', 'name.0'],
  ])('has for the expression %s the field path %s', (expression, field) => {
    expect(fieldPath(expression, 'Patient')).toBe(field);
  });

  it('is read with its codes and texts, and every text is capped', () => {
    const issues = readIssues({
      resourceType: 'OperationOutcome',
      issue: [
        null,
        { severity: 'odd', code: 7, diagnostics: 'x'.repeat(5000), expression: 'Patient.gender' },
        { severity: 'warning', code: 'value', details: { coding: [{ display: 'D' }] } },
      ],
    });
    expect(shownIssues(issues)).toMatchObject([
      { severity: 'error', code: '7', field: 'gender' },
      { severity: 'warning', code: 'value', text: 'D', field: undefined },
    ]);
    expect(issues[0]?.diagnostics?.length).toBe(1001);
  });

  it('keeps the codes of an issue, except of a remark that only this app may make', () => {
    const own = remark('information', 'repeated-entries', 'x');
    const epic = { system: 'urn:oid:1.2.840.114350.1.13.0.1.7.2.657369', code: '4101' };
    const issues = readIssues({
      resourceType: 'OperationOutcome',
      issue: [{ details: { coding: [{ ...epic, display: 'Nothing' }, null] } }, own],
    });
    expect(issues.map(({ details }) => details)).toEqual([
      { coding: [epic], text: 'Nothing' },
      { coding: [], text: 'x' },
    ]);
    expect(remarkCode(own)).toBe('repeated-entries');
    expect(issues.map(remarkCode)).toEqual([undefined, undefined]);
  });
});

describe('issueText', () => {
  const general = 'A required element is missing.';
  const words = (text?: string, diagnostics?: string) =>
    issueText({
      severity: 'error',
      code: 'required',
      ...(text && { details: { text } }),
      ...(diagnostics && { diagnostics }),
    });

  it('joins details.text and diagnostics', () => {
    const help = 'Must have either code or category.';
    expect(words(general, help)).toBe(`${general} ${help}`);
    expect(words(undefined, help)).toBe(help);
    expect(words(general)).toBe(general);
    expect(words()).toBeUndefined();
  });

  it('omits a repeated text, a stack trace and a long diagnostics text', () => {
    expect(words(general, general)).toBe(general);
    expect(words(general, 'missing')).toBe(general);
    expect(words('missing', 'code missing')).toBe('code missing');
    expect(words(general, 'Error\n at x.java:1\n at y.java:2')).toBe(general);
    expect(words(general, 'x'.repeat(301))).toBe(general);
  });
});

describe('links', () => {
  it.each(['https://example.org/a?b=c', 'mailto:a@example.org', 'tel:+1234'])(
    'safeHref accepts %s',
    (url) => {
      expect(safeHref(url)).toBe(url);
    },
  );
  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,x',
    'blob:x',
    'vbscript:x',
    'http://example.org',
    'https://user:pw@example.org/',
    '//example.org',
    'https://exa\nmple.org',
    7,
    null,
  ])('safeHref refuses %s', (url) => {
    expect(safeHref(url)).toBeUndefined();
  });

  it('contactHref refuses a mail header, words instead of a number, and a script', () => {
    expect(contactHref('email', 'a@b.org?bcc=evil@x.org')).toBeUndefined();
    expect(contactHref('phone', 'call me')).toBeUndefined();
    expect(contactHref('url', 'javascript:x')).toBeUndefined();
  });

  it('localReference accepts only references to this server', () => {
    expect(localReference('Patient/1')).toMatchObject({ type: 'Patient', id: '1' });
    expect(localReference('https://x/fhir/Patient/1', 'https://x/fhir')?.id).toBe('1');
    for (const odd of ['https://y/Patient/1', '#c', 'urn:uuid:1', 'Patient/..', 'Patient/a/b', 7]) {
      expect(localReference(odd)).toBeUndefined();
    }
    expect(isId('..')).toBe(false);
    expect(isId('a?b')).toBe(false);
  });
});
