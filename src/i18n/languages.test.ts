import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '#lib/settings.ts';

type Messages = Record<string, string>;

const SOURCE = join(import.meta.dirname, '..');
const SCOPES = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith(join('messages', 'en.json')))
  .map((path) => path.slice(0, -'/en.json'.length));

const read = (scope: string, language: string): Messages => {
  const path = join(SOURCE, scope, `${language}.json`);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Messages) : {};
};

/** Returns the arguments of a message with their types: `name`, `count:plural`. */
function taken(elements: readonly MessageFormatElement[]): Set<string> {
  return new Set(
    elements.flatMap((element): string[] => {
      if (element.type === TYPE.argument) return [element.value];
      if (element.type === TYPE.number) return [`${element.value}:number`];
      if (element.type === TYPE.select || element.type === TYPE.plural) {
        const kind = element.type === TYPE.plural ? element.pluralType : 'select';
        const inner = Object.values(element.options).flatMap(({ value }) => [...taken(value)]);
        return [`${element.value}:${kind}`, ...inner];
      }
      return [];
    }),
  );
}

/** Returns the plural forms of the language that a message lacks. */
function formsMissing(elements: readonly MessageFormatElement[], language: string): string[] {
  return elements.flatMap((element): string[] => {
    if (element.type !== TYPE.select && element.type !== TYPE.plural) return [];
    const inner = Object.values(element.options).flatMap(({ value }) =>
      formsMissing(value, language),
    );
    if (element.type === TYPE.select) return inner;
    const { options, pluralType = 'cardinal' } = element;
    const exact: Record<string, string> = { one: '=1', two: '=2' };
    const needed = new Intl.PluralRules(language, { type: pluralType }).resolvedOptions();
    return [
      ...needed.pluralCategories.filter(
        (form) => !options[form] && !(exact[form] && options[exact[form]]),
      ),
      ...inner,
    ];
  });
}

/** Returns the keywords of each `select`. */
function choices(elements: readonly MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type !== TYPE.select && element.type !== TYPE.plural) return [];
    const inner = Object.values(element.options).flatMap(({ value }) => choices(value));
    return element.type === TYPE.select
      ? [`${element.value}: ${Object.keys(element.options).toSorted().join(' ')}`, ...inner]
      : inner;
  });
}

const ast = (text: string): MessageFormatElement[] => parse(text, { captureLocation: false });

describe.each(LANGUAGES)('messages in %s', (language) => {
  it.each(SCOPES)('%s: has the same ids, arguments and choices as English', (scope) => {
    const english = read(scope, 'en');
    const messages = read(scope, language);
    const ids = Object.keys(english);
    expect(
      ids.filter((id) => !messages[id]?.trim()),
      'missing',
    ).toEqual([]);
    expect(
      Object.keys(messages).filter((id) => !(id in english)),
      'unknown',
    ).toEqual([]);
    const wrong = ids.flatMap((id) => {
      const [mine, theirs] = [ast(messages[id] ?? ''), ast(english[id] ?? '')];
      const [have, need] = [taken(mine), taken(theirs)];
      // A language may add a plural that it needs, or omit one that it does not have.
      const names = (of: Set<string>) => new Set([...of].map((one) => one.replace(/:.*/, '')));
      const lost = [...names(need)].filter((name) => !names(have).has(name));
      const added = [...names(have)].filter((name) => !names(need).has(name));
      const forms = formsMissing(mine, language);
      const chosen = choices(theirs).filter((choice) => !choices(mine).includes(choice));
      return [
        ...lost.map((name) => `${id}: {${name}} is missing`),
        ...added.map((name) => `${id}: nobody gives {${name}}`),
        ...forms.map((form) => `${id}: the plural lacks "${form}"`),
        ...chosen.map((choice) => `${id}: the choice differs: ${choice}`),
      ];
    });
    expect(wrong).toEqual([]);
  });

  it('has twelve distinct month names of three or four letters', () => {
    const months = (read('i18n/messages', language)['months'] ?? '').split(' ');
    expect(new Set(months).size).toBe(12);
    for (const month of months) expect(month).toMatch(/^\p{L}{3,4}$/u);
  });
});
