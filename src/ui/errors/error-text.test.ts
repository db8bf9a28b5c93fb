import { expect, test } from 'vitest';
import { LaunchError } from '#session/errors.ts';
import { errorText } from './error-text.ts';

test('requirement 32: a refusal by the identity provider keeps its code and explanation', () => {
  const o = { code: 'AADSTS700016 unauthorized_client', detail: 'Application not found.' };
  expect(errorText(new LaunchError('denied', 'refused', o))).toMatchObject({
    title: 'errorLaunch',
    advice: 'errorUnauthorizedDo',
    detail: 'AADSTS700016 unauthorized_client: Application not found.',
  });
  const { detail } = errorText(new LaunchError('denied', 'refused', { code: 'user_cancelled' }));
  expect(detail).toBe('user_cancelled');
});

test('a failed renewal without words of a server shows none', () => {
  expect(errorText(new LaunchError('network', 'no answer'))).toMatchObject({
    advice: 'errorLaunchDo',
    detail: undefined,
  });
});
