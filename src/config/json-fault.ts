/** Why a text is not JSON. */
type Reason =
  | 'comment'
  | 'comma before a bracket'
  | 'no comma'
  | 'quotes'
  | 'open text'
  | 'early end'
  | 'other';

/** Position of the first fault; lines and columns start at 1. */
interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly reason: Reason;
}

const BLANK = /[ \t\n\r]*/y;
// oxlint-disable-next-line no-control-regex -- JSON allows none of them in a text
const TEXT = /"(?:[^"\\\u0000-\u001F]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const WORD = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/y;

/** Token that may follow. */
type Expected = 'value' | 'value or end' | 'name' | 'name or end' | 'colon' | 'more' | 'nothing';

/**
 * Returns the first fault of a text that is not JSON (RFC 8259). Browsers report `JSON.parse`
 * errors differently, and some without a position.
 *
 * @returns undefined for valid JSON
 */
export function jsonFault(text: string): JsonFault | undefined {
  const open: ('{' | '[')[] = [];
  let at = 0;
  let expected: Expected = 'value';
  let last = '';
  const fault = (reason: Reason): JsonFault => {
    const before = text.slice(0, at).split(/\r\n|\r|\n/);
    return { line: before.length, column: (before.at(-1) ?? '').length + 1, reason };
  };
  const reads = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found === undefined) return false;
    at += found.length;
    return true;
  };
  const whole = (): Expected => (open.length > 0 ? 'more' : 'nothing');

  for (;;) {
    reads(BLANK);
    const sign = text.charAt(at);
    const value: boolean = expected === 'value' || expected === 'value or end';
    const name: boolean = expected === 'name' || expected === 'name or end';
    if (sign === '') return expected === 'nothing' ? undefined : fault('early end');
    if (/^(?:\/[/*]|#)/.test(text.slice(at, at + 2))) return fault('comment');
    if (sign === '}' || sign === ']') {
      const mayEnd = expected === 'more' || expected.endsWith('or end');
      if (last === ',') return fault('comma before a bracket');
      if (!mayEnd || open.at(-1) !== (sign === '}' ? '{' : '[')) return fault('other');
      open.pop();
      at += 1;
      expected = whole();
    } else if (value && (sign === '{' || sign === '[')) {
      open.push(sign);
      at += 1;
      expected = sign === '{' ? 'name or end' : 'value or end';
    } else if ((value || name) && sign === '"') {
      if (!reads(TEXT)) return fault('open text');
      expected = name ? 'colon' : whole();
    } else if (value && reads(WORD)) {
      expected = whole();
    } else if (sign === ':' && expected === 'colon') {
      at += 1;
      expected = 'value';
    } else if (sign === ',' && expected === 'more') {
      at += 1;
      expected = open.at(-1) === '{' ? 'name' : 'value';
    } else {
      if (/['‘’‚“”„«»]/.test(sign) || (name && /[\w$]/.test(sign))) return fault('quotes');
      return fault(expected === 'more' && /["{[\w-]/.test(sign) ? 'no comma' : 'other');
    }
    last = sign;
  }
}
