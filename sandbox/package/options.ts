import { parseArgs } from 'node:util';

export const USAGE = `npm run package -- --config site.json     checks the configuration and makes the zip
  --out patient-browser.zip   where to write it
  --base /sub/path/           the path under which the app will be hosted; default /
  --build folder              use the build in this folder again; if there is none, keep it there
npm run package -- --licences             writes docs/licences.md and nothing else`;

export type Options =
  | { readonly command: 'licences' }
  | {
      readonly command: 'package';
      readonly config: string;
      readonly out: string;
      readonly base: string;
      readonly build: string | undefined;
    };

/**
 * Reads the command line.
 *
 * @param args arguments of the command line
 * @throws {Error} with a message for the user when an argument is missing or invalid
 */
export function options(args: readonly string[]): Options {
  const { values } = read(args);
  if (values.licences) return { command: 'licences' };
  if (!values.config) throw new Error(`--config is missing\n\n${USAGE}`);
  return {
    command: 'package',
    config: values.config,
    out: values.out,
    base: checkedBase(values.base),
    build: values.build,
  };
}

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        config: { type: 'string' },
        out: { type: 'string', default: 'patient-browser.zip' },
        base: { type: 'string', default: '/' },
        build: { type: 'string' },
        licences: { type: 'boolean', default: false },
      },
    });
  } catch (cause) {
    throw new Error(USAGE, { cause });
  }
}

/** Returns a valid base path: without characters that scripts or server files have to escape. */
function checkedBase(text: string): string {
  const inner = text.replace(/^\/+|\/+$/g, '');
  const base = inner === '' ? '/' : `/${inner}/`;
  if (!/^\/([A-Za-z0-9_-][A-Za-z0-9._~-]*\/)*$/.test(base)) {
    throw new Error(`--base ${text}: letters, digits, ".", "_", "~" and "-" between slashes only`);
  }
  return base;
}
