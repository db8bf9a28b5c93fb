import { parseArgs } from 'node:util';
import type { Mode } from './fhir/faults/modes.ts';

export interface CliOptions {
  readonly command: 'preview' | 'dev';
  /** Whether to build the app first (`preview` only). */
  readonly build: boolean;
  readonly patients: number | undefined;
  readonly mode: Mode | undefined;
  readonly port: number;
}

export const USAGE = `Usage: tsx sandbox/cli.ts preview|dev [options]
  preview          serve the built app under its production headers, with the sandbox
  dev              serve the source, reloading on change, with the sandbox
  --build          build first (preview)
  --patients <n>   how many synthetic patients (default 500)
  --mode <mode>    pass for the FHIR server of azure (default), hapi or oracle
  --port <n>       port of the app (default 5173, or the next free one)`;

const MODES: readonly Mode[] = ['azure', 'hapi', 'oracle'];

/**
 * Reads the arguments of the command line.
 *
 * @throws {Error} with the usage text, for an unknown command, option or value
 */
export function cliOptions(args: string[]): CliOptions {
  const { values, positionals } = read(args);
  const [command, ...rest] = positionals;
  if ((command !== 'preview' && command !== 'dev') || rest.length > 0) throw new Error(USAGE);
  return {
    command,
    build: values.build,
    patients: values.patients === undefined ? undefined : whole('--patients', values.patients),
    mode: values.mode === undefined ? undefined : mode(values.mode),
    port: whole('--port', values.port),
  };
}

function read(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        build: { type: 'boolean', default: false },
        patients: { type: 'string' },
        mode: { type: 'string' },
        port: { type: 'string', default: '5173' },
      },
    });
  } catch (cause) {
    throw new Error(USAGE, { cause });
  }
}

function whole(name: string, text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new Error(`${name} wants a whole number.\n${USAGE}`);
  return Number(text);
}

function mode(text: string): Mode {
  const found = MODES.find((known) => known === text);
  if (!found) throw new Error(`--mode knows ${MODES.join(', ')}.\n${USAGE}`);
  return found;
}
