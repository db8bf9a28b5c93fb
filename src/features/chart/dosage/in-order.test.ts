import { expect, test, vi } from 'vitest';
import { inOrder } from './in-order.ts';

const settings = vi.hoisted(() => ({ locale: vi.fn(() => 'en') }));
vi.mock('#lib/settings.ts', async (original) => ({ ...(await original<object>()), ...settings }));

const parts = ['10 mg', '1 × בשבוע'];

test('in a language that runs from left to right nothing is added', () => {
  expect(inOrder(parts, '; ')).toBe('10 mg; 1 × בשבוע');
});

test('in one that runs from right to left each part is kept together, in the order of the page', () => {
  settings.locale.mockReturnValue('he');
  expect(inOrder(parts, '; ')).toBe('\u200F\u206810 mg\u2069; \u20681 × בשבוע\u2069');
  expect(inOrder(['10 mg'], '; ')).toBe('\u200F\u206810 mg\u2069');
  expect(inOrder([], '; ')).toBe('');
});
