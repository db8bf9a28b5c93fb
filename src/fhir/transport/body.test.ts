import { expect, test } from 'vitest';
import { parseBody } from './body.ts';

test('an error about an unparsable body quotes nothing of it', () => {
  let message = '';
  try {
    parseBody('{"family":"CANARY"', 200);
  } catch (error) {
    message = String(error) + JSON.stringify(error) + String((error as Error).cause);
  }
  expect(message).not.toBe('');
  expect(message).not.toContain('CANARY');
});
