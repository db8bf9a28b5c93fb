import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { describe, expect, it } from 'vitest';

const SOURCE = join(import.meta.dirname.replaceAll('\\', '/'), '..');
const paths = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).map((path) =>
  path.replaceAll('\\', '/'),
);
const END = '/messages/en.json';
const SCOPES = paths.filter((path) => path.endsWith(END)).map((path) => path.slice(0, -END.length));
const code: ReadonlyMap<string, string> = new Map(
  paths
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.test.ts'))
    .map((path) => [path, readFileSync(join(SOURCE, path), 'utf8')]),
);
const ALL = [...code.values()].join('\n');

/** Folders whose ids are codes from server data, so their use cannot be found in the code. */
const NAMED_BY_DATA = ['ui/elements', 'ui/elements/codes'];
/**
 * Other files that name ids of a folder, besides its own files and those that import its messages.
 */
const NAMED_IN: Readonly<Record<string, readonly string[]>> = {
  'features/settings': ['lib/settings.ts'], // columns
  'features/sign-in': ['session/errors.ts'], // failures
  i18n: [...code.keys()],
};

/** Returns the path below `src` of an import. */
const target = (from: string, name: string): string =>
  name.startsWith('#') ? name.slice(1) : join(dirname(from), name);

function codeOf(scope: string): string {
  const imports = (path: string, text: string): boolean =>
    [...text.matchAll(/(?:from|import\() ?'([#.][^']+)'/g)].some(([, name = '']) =>
      target(path, name).startsWith(`${scope}/messages`),
    );
  return [...code]
    .filter(([path, text]) => path.startsWith(`${scope}/`) || imports(path, text))
    .map(([, text]) => text)
    .concat((NAMED_IN[scope] ?? []).map((path) => code.get(path) ?? ''))
    .join('\n');
}

const literal = (text: string, id: string): boolean => text.includes(`'${id}'`);

/** Returns a pattern for each template that composes an id, such as `gender.${code}`. */
function templates(text: string): RegExp[] {
  return [...text.matchAll(/`([^`\n]*\$\{[^`\n]*)`/g)]
    .map(([, template = '']) => template.split(/\$\{(?:[^{}]|\{[^{}]*\})*\}/))
    .filter((fixed) => fixed.every((part) => /^[\w.-]*$/.test(part)) && fixed.join('') !== '')
    .map(
      (fixed) => new RegExp(`^${fixed.map((part) => part.replaceAll('.', '\\.')).join('(.+?)')}$`),
    );
}

function unused(scope: string): string[] {
  const messages = JSON.parse(readFileSync(join(SOURCE, scope + END), 'utf8')) as Messages;
  const text = codeOf(scope);
  const patterns = templates(text);
  const composed = (id: string): boolean =>
    patterns.some((pattern) => {
      const [, first] = pattern.exec(id) ?? [];
      // The first part must occur as a literal in the code, otherwise `${a}.${b}` matches every id.
      return first !== undefined && (!id.startsWith(first) || literal(ALL, first));
    });
  // Also accepts an id as a property name, in a table of ids.
  const named = (id: string): boolean =>
    literal(text, id) || (/^\w+$/.test(id) && new RegExp(`^\\s*${id}:`, 'm').test(text));
  // The configuration check emits English text, which serves as the id.
  const said = (id: string): boolean => scope === 'config' && literal(text, messages[id] ?? '');
  return Object.keys(messages).filter((id) => !named(id) && !composed(id) && !said(id));
}

type Messages = Readonly<Record<string, string>>;

describe('message catalogues', () => {
  it.each(SCOPES.filter((scope) => !NAMED_BY_DATA.includes(scope)))(
    '%s has no unused message',
    (scope) => {
      expect(unused(scope)).toEqual([]);
    },
  );
});
