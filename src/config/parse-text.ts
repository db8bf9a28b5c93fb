import { jsonFault } from './json-fault.ts';

/** What to write instead, in the order of how often it happens. */
const HINTS: Readonly<Record<NonNullable<ReturnType<typeof jsonFault>>['reason'], string>> = {
  'comma before a bracket': 'no comma may stand before a closing bracket',
  'no comma': 'a comma is missing before this',
  comment: 'JSON has no comments',
  quotes: 'names and texts stand in straight quotes, as in "servers"',
  'open text': 'this text has no closing quote, or holds a line break or a single backslash',
  'early end': 'the file ends before its last bracket is closed',
  other: 'this is not JSON',
};

/** Why a text that `JSON.parse` refuses is no configuration. */
function complaint(text: string): string {
  if (text.trim() === '') return 'is empty';
  // A single-page host answers unknown paths with index.html.
  if (/^\s*</.test(text)) return 'is a web page: the file is not on the web server';
  if (/^\uFFFD|\0/.test(text)) return 'is not saved as UTF-8';
  const fault = jsonFault(text);
  if (!fault) return 'is not JSON';
  return `line ${fault.line}, column ${fault.column}: ${HINTS[fault.reason]}`;
}

/**
 * Reads the text of a configuration. Windows editors mark UTF-8, which JSON has no place for.
 *
 * @param refuse called with what is wrong, and where; never returns
 */
export function parseText(
  text: string,
  refuse: (message: string, cause: unknown) => never,
): unknown {
  const unmarked = text.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(unmarked) as unknown;
  } catch (cause) {
    return refuse(complaint(unmarked), cause);
  }
}
