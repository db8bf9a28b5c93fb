import { expect, test } from 'vitest';
import { errorFrom } from './error-body.ts';

const detailOf = (page: string) => errorFrom(new Response('', { status: 500 }), page).detail;

test('of an error page its title is said', () => {
  expect(detailOf('<html><head><TITLE lang="en"> Bad &amp;  broken </TITLE>')).toBe('Bad broken');
  expect(detailOf('<html><p>No title')).toBeUndefined();
});

/** Where time grows with the square of the length, each of these takes minutes. */
test.each(['<title', '<title>', '<title ', '<'])(
  'as much as is read of a page of nothing but %s stops nothing',
  (part) => expect(detailOf(`<${part.repeat(1024 ** 2 / part.length)}`)).toBeUndefined(),
);
