import { describe, expect, test } from 'vitest';
import { remark } from '#fhir/outcome.ts';
import { lacks, mayLack } from './lacking.ts';
import type { PanelPage } from './panel-rows.ts';

describe('whether an answer may lack records', () => {
  const notice = (code: string, severity = 'information') => [{ severity, code }] as never;
  test.each([
    ['link-refused', true],
    ['link-loop', true],
    ['unreadable-entries', true],
    ['entries-cut', true],
    ['repeated-entries', false],
  ] as const)('by our own remark %s: %s', (code, lacks) => {
    expect(mayLack([remark('warning', code, 'x')])).toBe(lacks);
  });
  test.each([
    [notice('suppressed'), true],
    [notice('incomplete'), true],
    [notice('processing', 'warning'), true],
    [notice('informational'), false],
    [[], false],
  ])('by what the server says %#: %s', (notices, lacks) => {
    expect(mayLack(notices)).toBe(lacks);
  });
});

test('a card speaks of missing records only where some are', () => {
  const page = (o: Partial<PanelPage>) => lacks({ notices: [], foreign: 0, ...o } as PanelPage);
  expect(page({})).toBe(false);
  expect(page({ foreign: 1 })).toBe(true);
  expect(page({ notices: [remark('warning', 'unreadable-entries', 'x', 1)] })).toBe(true);
  // A sort that was not done takes nothing away.
  expect(page({ notices: [{ severity: 'warning', code: 'not-supported' }] })).toBe(false);
});
