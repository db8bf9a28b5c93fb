import { expect, test } from 'vitest';
import { cliOptions, USAGE } from './cli-options.ts';

test.each([['preview', '--help'], ['preview', '--bogus'], ['dev', 'more'], []])(
  'refuses "%s %s" with the usage text',
  (...args) => {
    expect(() => cliOptions(args)).toThrow(USAGE);
  },
);

test('reads the command and its options', () => {
  expect(cliOptions(['preview', '--build', '--patients', '20', '--mode', 'hapi'])).toEqual({
    command: 'preview',
    build: true,
    patients: 20,
    mode: 'hapi',
    port: 5173,
  });
});
