import { expect, test } from 'vitest';
import { LONGEST } from '#lib/long-text.ts';
import { shownAttachment } from './attachment.ts';

const BASE = 'https://fhir.example.org/r4';
const shown = (attachment: unknown) => shownAttachment(attachment, BASE);
const data = btoa(String.fromCharCode(...new TextEncoder().encode('Grüße')));

test('plain text is decoded, safe links are linked, anything else is only named', () => {
  expect(shown({ contentType: 'text/plain', data })).toMatchObject({
    kind: 'text',
    content: 'Grüße',
    cut: false,
  });
  const long = btoa('x'.repeat(LONGEST + 1));
  expect(shown({ contentType: 'text/plain', data: long })).toMatchObject({
    content: 'x'.repeat(LONGEST),
    cut: true,
  });
  expect(shown({ url: 'javascript:alert(1)' })).toMatchObject({ kind: 'other' });
  expect(shown({ url: 'https://example.org/a.pdf' })).toMatchObject({ kind: 'link' });
  expect(shown({ contentType: 'text/plain', data: '' })).toMatchObject({ kind: 'other' });
});

test('inline data that is not plain text can be saved, and is never shown', () => {
  expect(shown({ contentType: 'text/html', data })).toMatchObject({ kind: 'file', from: { data } });
  expect(shown({ contentType: 'image/svg+xml', data })).toMatchObject({ kind: 'file' });
});

test.each([
  ['Binary/1', `${BASE}/Binary/1`],
  [`${BASE}/Binary/1`, `${BASE}/Binary/1`],
  ['/r4/Binary/1', `${BASE}/Binary/1`],
  ['http://fhir.example.org/r4/Binary/1', `${BASE}/Binary/1`],
  ['http://fhir.example.org:80/r4/Binary/1', `${BASE}/Binary/1`],
  ['https://fhir.example.org:443/r4/Binary/1', `${BASE}/Binary/1`],
  ['Binary/$ccd?patient=1', `${BASE}/Binary/$ccd?patient=1`],
])('%s is a file of the FHIR server, not a link', (url, expected) => {
  expect(shown({ contentType: 'application/pdf', url })).toMatchObject({
    kind: 'file',
    from: { url: expected },
  });
});

test.each([
  ['https://fhir.example.org/other/Binary/1', 'link'],
  ['https://fhir.example.org.evil.example/r4/Binary/1', 'link'],
  ['https://fhir.example.org:444/r4/Binary/1', 'link'],
  ['https://fhir.example.org/r4x/Binary/1', 'link'],
  ['http://fhir.example.org:8080/r4/Binary/1', 'other'],
  ['http://fhir.example.org/r4/../Binary/1', 'other'],
  ['ftp://fhir.example.org/r4/Binary/1', 'other'],
  ['http://me:pw@fhir.example.org/r4/Binary/1', 'other'],
  ['https://me:pw@fhir.example.org/r4/Binary/1', 'other'],
  ['//evil.example/r4/Binary/1', 'other'],
  ['/\\evil.example/r4/Binary/1', 'other'],
  ['../Binary/1', 'other'],
  ['Binary/%2e%2e/%2e%2e/admin', 'other'],
  ['', 'other'],
  ['#contained', 'other'],
  ['?_type=Patient', 'other'],
  ['urn:oid:1.2.3', 'other'],
  ['data:text/html,x', 'other'],
  ['blob:https://fhir.example.org/r4/1', 'other'],
])('%s is never fetched with the access token', (url, kind) => {
  expect(shown({ contentType: 'application/pdf', url }).kind).toBe(kind);
});

test('a Binary is fetched from this server if it has the internal base URL of the patient reference', () => {
  const of = (reference: string) => ({ subject: { reference } });
  const kept = (url: string, holder: unknown) =>
    shownAttachment({ contentType: 'application/pdf', url }, BASE, holder);
  const inner = 'https://inner.local/fhir';
  const own = of(`${inner}/Patient/1`);
  for (const path of ['Binary/1', 'Binary/1/_history/2']) {
    const from = { url: `${BASE}/${path}` };
    expect(kept(`${inner}/${path}`, own)).toMatchObject({ kind: 'file', from });
  }
  expect(kept(`${inner}/Patient/1`, own).kind).toBe('link');
  expect(kept(`${inner}/Binary/../Patient/1`, own).kind).toBe('link');
  expect(kept(`${inner}/Binary/1?_format=x`, own).kind).toBe('link');
  expect(kept(`${inner}.evil.example/Binary/1`, own).kind).toBe('link');
  expect(kept(`${inner}/Binary/1`, of('Patient/1')).kind).toBe('link');
});
