import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import type { Plugin } from 'vite';

type Messages = Record<string, string>;

/** The folders whose texts are shown on the first patient list. */
const FIRST = ['app', 'i18n', 'ui', 'features/patients/list'];

const PSEUDO = 'en-XA';
const VIRTUAL = 'virtual:messages/';

/** Letters that look like those of English and are others. */
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

/** Text with accents, in brackets, so that what is not translated, joined or cut off is seen. */
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

/** The folder that owns a catalogue: `features/chart` for `src/features/chart/messages/en.json`. */
const scopeOf = (root: string, path: string): string =>
  relative(join(root, 'src'), path)
    .replaceAll('\\', '/')
    .replace(/\/messages\/[^/]*$/, '');

const read = (path: string): Messages => JSON.parse(readFileSync(path, 'utf8')) as Messages;

/** English as it is sent: with the name of its folder, by which the other languages are found. */
const named = (english: Messages, name: string): Record<string, unknown> => ({
  '@': name,
  ...compiled(english, 'en'),
});

/** Every catalogue of a language below a folder. */
const catalogues = (source: string, language: string): string[] =>
  readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.replaceAll('\\', '/').endsWith(`/messages/${language}.json`))
    .toSorted()
    .map((path) => join(source, path));

/**
 * Compiles ICU message catalogues (`messages/<language>.json`) to syntax trees at build time, so
 * that no message parser travels to the browser. Plain text stays a string.
 *
 * English is one module for each folder with messages, and holds that folder's name (`@`). Any other
 * language is two modules for the whole app, `virtual:messages/first/<language>` and
 * `virtual:messages/rest/<language>`: two requests, whatever page is opened. For each folder they
 * hold the texts in the order of the English ones, without the ids, which are a quarter of the size.
 * `en-XA` is made of the English texts.
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
