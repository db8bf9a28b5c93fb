import { jsonFault } from './json-fault.ts';

/** Messages by kind of fault, the most frequent first. */
const HINTS: Readonly<Record<NonNullable<ReturnType<typeof jsonFault>>['reason'], string>> = {
  'comma before a bracket': 'no comma may stand before a closing bracket',
  'no comma': 'a comma is missing before this',
  comment: 'JSON has no comments',
  quotes: 'names and texts stand in straight quotes, as in "servers"',
  'open text': 'this text has no closing quote, or holds a line break or a single backslash',
  'early end': 'the file ends before its last bracket is closed',
  other: 'this is not JSON',
};

/** Returns why a text that `JSON.parse` refuses is not a configuration. */
function complaint(text: string): string {
  if (text.trim() === '') return 'is empty';
  // A host for single-page apps returns index.html for unknown paths.
  if (/^\s*</.test(text)) return 'is a web page: the file is not on the web server';
  if (/^\uFFFD|\0/.test(text)) return 'is not saved as UTF-8';
  const fault = jsonFault(text);
  if (!fault) return 'is not JSON';
  return `line ${fault.line}, column ${fault.column}: ${HINTS[fault.reason]}`;
}

/**
 * Parses the text of a configuration. Ignores the byte order mark that Windows editors add to
 * UTF-8, which JSON does not allow.
 *
 * @param refuse called with the problem and its position; never returns
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
