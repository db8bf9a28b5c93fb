import type { Procedure } from 'fhir/r4';
import { expect, test } from 'vitest';
import { localDay } from '#fhir/dates/dates.ts';
import { startOf } from '../cells/local-day.ts';
import type { T } from '../panel.ts';
import { procedures } from '../panels/procedures.tsx';
import { timeline } from './timeline-model.ts';

const t: T = (id) => id;

const done = (id: string, performedDateTime?: string): Procedure => ({
  resourceType: 'Procedure',
  id,
  status: 'completed',
  subject: { reference: 'Patient/1' },
  ...(performedDateTime && { performedDateTime }),
});

const drawn = (...items: Procedure[]) =>
  timeline([{ panel: procedures, items }], t).map(({ year, entries }) => [
    year,
    entries.map(({ key }) => key.replace('Procedure/', '')).join(' '),
  ]);

test('an entry is grouped under the year of its date in the local time zone', () => {
  // In every time zone east of UTC-12 the new year has begun by then.
  const eve = '2019-12-31T23:30:00-12:00';
  expect(drawn(done('eve', eve))).toEqual([[new Date(eve).getFullYear(), 'eve']]);
  expect(localDay(eve)).toMatch(String(new Date(eve).getFullYear()));
});

test('a record in two panels is one entry', () => {
  const items = [done('a', '2020'), done('b', '2020')];
  const years = timeline(
    [
      { panel: procedures, items },
      { panel: { ...procedures, id: 'other' }, items: [done('b', '2020')] },
    ],
    t,
  );
  expect(years[0]?.entries.map(({ key, panel }) => [key, panel.id])).toEqual([
    ['Procedure/a', 'procedures'],
    ['Procedure/b', 'procedures'],
  ]);
});

test('entries are sorted newest first by instant, not by the text of the date', () => {
  const rows = [
    done('undated'),
    done('earlier', '2020-05-02T01:00:00+05:00'), // 20:00 UTC the day before
    done('later', '2020-05-01T23:00:00Z'),
    done('year', '2020'),
    done('odd', 'soon'),
  ];
  expect(drawn(...rows)).toEqual([
    [2020, 'later earlier year'],
    [undefined, 'undated odd'],
  ]);
});

test('a date without a time is that day in the local time zone', () => {
  expect(localDay('2020-05-01')).toBe('2020-05-01');
  expect(startOf('2020-05')).toBe(new Date(2020, 4, 1).getTime());
  expect(startOf('soon')).toBeUndefined();
  expect(startOf('2020-13-01T10:00:00Z')).toBeUndefined();
});
