import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import type { Plugin } from 'vite';

type Messages = Record<string, string>;

/** The folders whose texts are shown on the first patient list. */
const FIRST = ['app', 'i18n', 'ui', 'features/patients/list'];

const PSEUDO = 'en-XA';
const VIRTUAL = 'virtual:messages/';

/** The English letters, and for each an accented letter that looks like it. */
const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ACCENTED = 'åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ';

function accented(elements: readonly MessageFormatElement[]): MessageFormatElement[] {
  return elements.map((element) => {
    if (element.type === TYPE.literal) {
      return {
        ...element,
        value: element.value.replace(/[a-z]/gi, (c) => ACCENTED.charAt(PLAIN.indexOf(c))),
      };
    }
    if (element.type === TYPE.select || element.type === TYPE.plural) {
      const options = Object.entries(element.options).map(([name, option]) => [
        name,
        { ...option, value: accented(option.value) },
      ]);
      return { ...element, options: Object.fromEntries(options) as typeof element.options };
    }
    return element;
  });
}

/** Returns the text accented and in brackets: untranslated, joined or cut-off text then shows. */
function pseudo(elements: readonly MessageFormatElement[]): MessageFormatElement[] {
  const bracket = (value: string) => ({ type: TYPE.literal as const, value });
  return [bracket('⟦'), ...accented(elements), bracket('⟧')];
}

function compiled(messages: Messages, language: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(messages).map(([id, text]) => {
      const read = parse(text, { captureLocation: false });
      const ast = language === PSEUDO && read.length > 0 ? pseudo(read) : read;
      const plain = ast.every((element) => element.type === TYPE.literal);
      return [id, plain ? ast.map((element) => element.value).join('') : ast];
    }),
  );
}

/** Returns a catalogue's folder: `features/chart` for `src/features/chart/messages/en.json`. */
const scopeOf = (root: string, path: string): string =>
  relative(join(root, 'src'), path)
    .replaceAll('\\', '/')
    .replace(/\/messages\/[^/]*$/, '');

const read = (path: string): Messages => JSON.parse(readFileSync(path, 'utf8')) as Messages;

/** Returns the compiled English texts with their folder's name, the key to the other languages. */
const named = (english: Messages, name: string): Record<string, unknown> => ({
  '@': name,
  ...compiled(english, 'en'),
});

/** Returns the paths of every catalogue of a language below a folder. */
const catalogues = (source: string, language: string): string[] =>
  readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.replaceAll('\\', '/').endsWith(`/messages/${language}.json`))
    .toSorted()
    .map((path) => join(source, path));

/**
 * Compiles ICU message catalogues (`messages/<language>.json`) to syntax trees at build time, so
 * that the browser needs no message parser. Plain text stays a string.
 *
 * English is one module for each folder with messages, and holds that folder's name (`@`). Any
 * other language is two modules for the whole app, `virtual:messages/first/<language>` and
 * `virtual:messages/rest/<language>`: two requests, whatever page is opened. For each folder they
 * hold the texts in the order of the English ones, without ids, which are a quarter of the size.
 * The pseudo-language `en-XA` is made from the English texts.
 */
export function icuMessages(): Plugin {
  let root = process.cwd();
  return {
    name: 'icu-messages',
    enforce: 'pre',
    configResolved(config) {
      root = config.root;
    },
    resolveId(id) {
      return id.startsWith(VIRTUAL) ? `\0${id}` : undefined;
    },
    load(id) {
      if (!id.startsWith(`\0${VIRTUAL}`)) return undefined;
      const [pack, language = ''] = id.slice(VIRTUAL.length + 1).split('/');
      const file = language === PSEUDO ? 'en' : language;
      const scopes = catalogues(join(root, 'src'), file)
        .filter((path) => FIRST.includes(scopeOf(root, path)) === (pack === 'first'))
        .map((path) => {
          this.addWatchFile(path);
          const english = path.replace(/[\w-]+\.json$/, 'en.json');
          this.addWatchFile(english);
          const texts = compiled(read(path), language);
          const scope = scopeOf(root, path);
          const own = named(read(english), scope);
          return [scope, Object.keys(own).map((id) => texts[id] ?? own[id])] as const;
        });
      return `export default ${JSON.stringify(Object.fromEntries(scopes))}`;
    },
    transform: {
      filter: { id: /\/messages\/[\w-]+\.json$/ },
      handler(source, id) {
        const english = named(JSON.parse(source) as Messages, scopeOf(root, id));
        return {
          code: `export default ${JSON.stringify(english)}`,
          map: null,
          moduleType: 'js',
        };
      },
    },
  };
}
