import { expect, test } from 'vitest';
import { cliOptions, USAGE } from './cli-options.ts';

test.each(['preview --help', 'preview --bogus', 'dev more', ''])(
  'refuses "%s" with the usage text',
  (line) => {
    expect(() => cliOptions(line.split(' ').filter(Boolean))).toThrow(USAGE);
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
