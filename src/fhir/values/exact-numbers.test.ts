import { expect, test } from 'vitest';
import { asWritten, parseExactly, rawNumber } from './exact-numbers.ts';
import { measurements } from '../observation/observation.ts';

/** Whether JSON.parse passes the source of a number to the reviver, as in browsers since 2025. */
const hasSource = 'rawJSON' in JSON;

const TEXT =
  '{"valueQuantity":{"value":7.0,"unit":"mmol/L"},"referenceRange":[{"low":{"value":3.50},"high":{"value":5.1}}]}';

test('parseExactly returns the same values as JSON.parse', () => {
  for (const text of [TEXT, '[1.0,1e3,-0.0]', '{"a":"1.0, 2e5","b":[]}', '12345678901234567890'])
    expect(parseExactly(text)).toEqual(JSON.parse(text));
  expect(() => parseExactly('{"a":1.0,}')).toThrow(SyntaxError);
  expect(() => parseExactly('<html>')).toThrow(SyntaxError);
});

test('asWritten returns a number without a known source as JavaScript writes it', () => {
  expect(asWritten({ value: 7 }, 'value')).toBe('7');
  expect(asWritten({ value: ' 7.0' }, 'value')).toBe('7.0');
  expect(asWritten({ value: 'x' }, 'value')).toBeUndefined();
  expect(asWritten('x', 'value')).toBeUndefined();
  expect(rawNumber({ value: 7 }, 'value')).toBeUndefined();
});

// If this engine cannot run the test, the end-to-end test of results still tests it in a browser.
test.runIf(hasSource)('measurements keep the recorded zeros of parseExactly', () => {
  expect(measurements(parseExactly(TEXT))).toMatchObject([
    { value: '7.0 mmol/L', ranges: ['3.50–5.1'] },
  ]);
  const parsed = parseExactly('[{"value":1E2},{"value":0.12345678901234567890},{"value":5}]');
  expect((parsed as object[]).map((q) => asWritten(q, 'value'))).toEqual([
    '1E2',
    '0.12345678901234567890',
    '5',
  ]);
});
