import { expect, test } from 'vitest';
import { errorFrom } from './error-body.ts';

const detailOf = (page: string) => errorFrom(new Response('', { status: 500 }), page).detail;

test('of an error page its title is said', () => {
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
])('the sentence of %s is said', (_from, body, detail) => {
  expect(detailOf(JSON.stringify(body))).toBe(detail);
});

/** Where time grows with the square of the length, each of these takes minutes. */
test.each(['<title', '<title>', '<title ', '<'])(
  'as much as is read of a page of nothing but %s stops nothing',
  (part) => expect(detailOf(`<${part.repeat(1024 ** 2 / part.length)}`)).toBeUndefined(),
);
