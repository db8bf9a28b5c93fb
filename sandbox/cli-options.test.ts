import { expect, test } from 'vitest';
import { cliOptions, USAGE } from './cli-options.ts';

test.each([['preview', '--help'], ['preview', '--bogus'], ['dev', 'more'], []])(
  '%s %s: how it is used',
  (...args) => {
    expect(() => cliOptions(args)).toThrow(USAGE);
  },
);

test('what is understood', () => {
  expect(cliOptions(['preview', '--build', '--patients', '20', '--mode', 'hapi'])).toEqual({
    command: 'preview',
    build: true,
    patients: 20,
    mode: 'hapi',
    port: 5173,
  });
});
