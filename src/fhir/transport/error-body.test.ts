import { expect, test } from 'vitest';
import { errorFrom } from './error-body.ts';

const detailOf = (page: string) => errorFrom(new Response('', { status: 500 }), page).detail;

test('the title of an HTML error page is the detail', () => {
  expect(detailOf('<html><head><TITLE lang="en"> Bad &amp;  broken </TITLE>')).toBe('Bad broken');
  expect(detailOf('<html><p>No title')).toBeUndefined();
});

test.each([
  ['OAuth', { error: 'invalid_token', error_description: 'Expired' }, 'invalid_token: Expired'],
  ['Google', { error: { status: 'DENIED', message: 'No consent' } }, 'No consent'],
  ['a gateway', { message: 'Forbidden' }, 'Forbidden'],
  ['Microsoft’s FHIR proxy', { Name: '', Id: '', Code: 403, Error: 'No role' }, 'No role'],
  ['a problem (RFC 9457)', { title: 'Forbidden', status: 403 }, 'Forbidden'],
  ['a problem with more words', { title: 'Forbidden', detail: 'No role' }, 'No role'],
  ['nothing that is known', { status: 403, Error: {} }, undefined],
])('the message in the JSON of %s is the detail', (_from, body, detail) => {
  expect(detailOf(JSON.stringify(body))).toBe(detail);
});

/** With quadratic backtracking each of these would take minutes. */
test.each(['<title', '<title>', '<title ', '<'])(
  'a megabyte of nothing but %s is parsed without delay',
  (part) => expect(detailOf(`<${part.repeat(1024 ** 2 / part.length)}`)).toBeUndefined(),
);
