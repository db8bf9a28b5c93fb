import { orderNote } from '../panel.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import type { FhirResource } from '#fhir/types.ts';
import { documents } from './documents.tsx';

beforeAll(async () => await documents.load?.());
import { shown } from './panel-lines-fixture.ts';

describe('the time of a document', () => {
  const date = '2026-11-23';
  const recorded = 'recorded 23-Nov-2026';
  const period = { start: '2009-08-24', end: '2009-08-26' };
  const content = [{ attachment: {} }, { attachment: { creation: '2009-09-01' } }];

  test.each([
    [
      'the period of care, before any other date',
      { context: { period }, content, date },
      '24-Aug-2009 – 26-Aug-2009',
      `24-Aug-2009 – 26-Aug-2009 | ${recorded}`,
      '2009-08-24',
    ],
    [
      'the start of the period of care',
      { context: { period: { start: '2009-08-24' } } },
      '24-Aug-2009',
      '24-Aug-2009',
      '2009-08-24',
    ],
    [
      'the end of the period of care',
      { context: { period: { end: '2009-08-26' } } },
      '– 26-Aug-2009',
      '– 26-Aug-2009',
      '2009-08-26',
    ],
    [
      'the creation date of the attachment',
      { content, date },
      '01-Sep-2009',
      `01-Sep-2009 | ${recorded}`,
      '2009-09-01',
    ],
    [
      'the creation date alone if it was recorded on the same day',
      { content, date: '2009-09-01T17:00:00' },
      '01-Sep-2009',
      '01-Sep-2009',
      '2009-09-01',
    ],
    [
      'the period of care, sorted by its end if its start is unreadable',
      { context: { period: { start: 'abc', end: '2009-08-26' } } },
      'abc – 26-Aug-2009',
      'abc – 26-Aug-2009',
      '2009-08-26',
    ],
    [
      'the recording date if the creation date is in the year 1',
      { content: [{ attachment: { creation: '0001-01-01T00:00:00' } }], date },
      recorded,
      recorded,
      date,
    ],
    ['the recording date if there is no other date', { date }, recorded, recorded, date],
    ['not recorded if there is no date', {}, 'Not recorded', 'Not recorded', ''],
    [
      'not recorded if the dates are malformed',
      { context: { period: 7 }, content: 'x' },
      'Not recorded',
      'Not recorded',
      '',
    ],
  ])('is %s', (_, fields, when, cell, sorted) => {
    expect(shown('documents', fields)).toMatchObject({ when, date: cell, sorted });
  });
});

test.each([
  ['years later', { date: '2026-11-23' }, 'Letter | recorded 23-Nov-2026'],
  ['during the stay', { date: '2009-08-25T17:00:00' }, 'Letter | recorded 25-Aug-2009 17:00'],
  ['on its first day', { date: '2009-08-24' }, 'Letter'],
  ['not known', {}, 'Letter'],
  // Shown instead of the document's own time.
  ['the only date', { date: '2026-11-23', context: undefined }, 'Letter'],
])('the card of an old document says when it was recorded: %s', (_, fields, line) => {
  const context = { period: { start: '2009-08-24', end: '2009-08-26' } };
  const parts = shown('documents', { type: { text: 'Letter' }, context, ...fields });
  expect(parts['line']).toBe(line);
});

describe('the order of documents', () => {
  const letter = (date: string, start?: string) =>
    ({ resourceType: 'DocumentReference', date, context: { period: { start } } }) as FhirResource;
  const scanned = letter('2026-11-23', '2009-08-24');
  const note = (...items: FhirResource[]) => orderNote(documents, items, false);

  test('is explained if it differs from the order of the dates shown', () => {
    expect(note(scanned, letter('2026-11-01', '2026-11-01'))).toBe('sortedByRecorded');
    expect(orderNote(documents, [scanned, scanned], true)).toBe('unsorted');
  });

  test('is not explained if each row shows its sort date, or there is only one row', () => {
    expect(note(letter('2026-11-23'), letter('2026-11-01', '2026-11-01'))).toBeUndefined();
    expect(note(scanned)).toBeUndefined();
  });
});
