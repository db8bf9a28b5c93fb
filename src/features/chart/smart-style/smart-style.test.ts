import { describe, expect, test } from 'vitest';
import { contrast, parseColour, readStyle, safeProperties } from './smart-style.ts';

describe('the style of the EHR', () => {
  const page = { text: [24, 32, 42], muted: [81, 92, 106], surface: [255, 255, 255] } as const;

  test('only valid colours and lengths are read', () => {
    expect(
      readStyle({
        color_background: '#fff; background: url(//evil)',
        color_highlight: 'red',
        dim_border_radius: 'calc(1px)',
      }),
    ).toEqual({ background: undefined, highlight: undefined, radius: undefined });
    expect(readStyle([])).toEqual({
      background: undefined,
      highlight: undefined,
      radius: undefined,
    });
  });

  test('a colour that makes text unreadable is ignored', () => {
    const style = readStyle({ color_background: '#333', color_highlight: '#ffee00' });
    expect(safeProperties(style, page)).toEqual({});
    const good = readStyle({
      color_background: '#fafafa',
      color_highlight: '#0a5ba8',
      dim_border_radius: '4px',
    });
    expect(safeProperties(good, page)).toEqual({
      '--bg': '#fafafa',
      '--accent': '#0a5ba8',
      '--radius': '4px',
    });
  });

  test('contrast and colours are computed as in WCAG', () => {
    expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21);
    expect(parseColour('rgb(1, 2, 3)')).toEqual([1, 2, 3]);
    expect(parseColour('#abc')).toEqual([0xaa, 0xbb, 0xcc]);
  });
});
