import { expect, test, vi } from 'vitest';
import { inOrder } from './in-order.ts';

const settings = vi.hoisted(() => ({ locale: vi.fn(() => 'en') }));
vi.mock('#lib/settings.ts', async (original) => ({ ...(await original<object>()), ...settings }));

const parts = ['10 mg', '1 × בשבוע'];

test('inOrder only joins the parts in a left-to-right language', () => {
  expect(inOrder(parts, '; ')).toBe('10 mg; 1 × בשבוע');
});

test('inOrder isolates each part in a right-to-left language, in the order of the page', () => {
  settings.locale.mockReturnValue('he');
  expect(inOrder(parts, '; ')).toBe('\u200F\u206810 mg\u2069; \u20681 × בשבוע\u2069');
  expect(inOrder(['10 mg'], '; ')).toBe('\u200F\u206810 mg\u2069');
  expect(inOrder([], '; ')).toBe('');
});
