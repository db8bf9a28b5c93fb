import { expect, it } from 'vitest';
import { mayHaveExpired } from './client/page-url.ts';
import { Invalid, refusalError, refusesSearch, ServerError, silent } from './errors.ts';

const errorOf = (status: number) => refusalError(silent(status));

it.each([408, 425, 499, 500, 503])(
  '%d is a failure of the server, not of the request',
  (status) => {
    expect(errorOf(status)).toBeInstanceOf(ServerError);
    expect(refusesSearch(errorOf(status))).toBe(false);
    expect(mayHaveExpired(errorOf(status))).toBe(false);
  },
);

it.each([413, 421, 423, 431, 451])(
  '%d refuses the request, but neither its parameters nor its page link',
  (status) => {
    expect(errorOf(status)).toBeInstanceOf(Invalid);
    expect(refusesSearch(errorOf(status))).toBe(false);
    expect(mayHaveExpired(errorOf(status))).toBe(false);
  },
);

it.each([400, 405, 414, 422, 501])('%d may refuse the parameters of a search', (status) => {
  expect(refusesSearch(errorOf(status))).toBe(true);
});

it.each([400, 404, 410, 422])('%d may mean that a page link has expired', (status) => {
  expect(mayHaveExpired(errorOf(status))).toBe(true);
});

it.each([401, 403, 404, 409, 410, 412, 429])('%d does not refuse the parameters', (status) => {
  expect(refusesSearch(errorOf(status))).toBe(false);
});
