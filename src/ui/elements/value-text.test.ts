import { describe, expect, it, vi } from 'vitest';
import { valueText } from './value-text.ts';

const settings = vi.hoisted(() => ({ locale: vi.fn(() => 'en') }));
vi.mock('#lib/settings.ts', async (original) => ({ ...(await original<object>()), ...settings }));

describe('valueText', () => {
  const phone = { system: 'other', value: '+44 1632 960000', use: 'other' };

  it('gives a number and its notes', () => {
    expect(valueText(phone)).toMatch(/^\+44 1632 960000, /);
  });

  it('keeps a number apart from words that run from right to left', () => {
    settings.locale.mockReturnValue('he');
    expect(valueText(phone)).toMatch(/^\u2068\+44 1632 960000\u2069, /);
  });
});
