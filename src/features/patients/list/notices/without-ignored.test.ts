import { describe, expect, test } from 'vitest';
import { FILTERS, readFilters, type FilterValues } from '../filters/filter-params.ts';
import type { Criteria } from '../query/criteria.ts';
import { withoutIgnored } from './without-ignored.ts';

const DAY = '2026-06-01';
const BOX: Criteria = { text: 'fletcher', as: 'name', read: { name: 'fletcher' } };

const criteria = (filters: FilterValues): Criteria => ({
  ...BOX,
  filters,
  asked: readFilters(filters, DAY).params,
});

const VALUES: Readonly<Record<(typeof FILTERS)[number], string>> = {
  family: 'Elder',
  given: 'Methusa',
  birthDate: '1960',
  ageFrom: '20',
  ageTo: '30',
  gender: 'female',
  identifier: '943',
  phone: '555 0100',
  email: 'a@b.example',
  address: 'Main Street',
  status: 'deceased',
  updated: '2026-01-01',
  id: 'p0001',
  tag: 'a|b',
  condition: '73211009',
};

describe('withoutIgnored', () => {
  test.each(FILTERS)('removes the filter %s by the parameter that it becomes', (filter) => {
    const one = { [filter]: VALUES[filter] };
    const names = Object.keys(readFilters(one, DAY).params).map((name) => name.split(':')[0]!);
    expect(names).toHaveLength(1);
    expect(withoutIgnored(criteria(one), names)).toEqual(BOX);
    const other = filter === 'gender' ? 'family' : 'gender';
    const both = { ...one, [other]: VALUES[other] };
    expect(withoutIgnored(criteria(both), names)).toEqual(criteria({ [other]: VALUES[other] }));
  });

  test('removes a status that is sent with a modifier', () => {
    expect(withoutIgnored(criteria({ status: 'active' }), ['active'])).toEqual(BOX);
  });

  test('removes all filters of one ignored parameter', () => {
    const filters = { birthDate: '1960', ageTo: '80', gender: 'female' };
    expect(withoutIgnored(criteria(filters), ['birthdate'])).toEqual(
      criteria({ gender: 'female' }),
    );
  });

  test('returns undefined if only part of the box was ignored', () => {
    expect(withoutIgnored(criteria({ gender: 'female' }), ['name'])).toBeUndefined();
    expect(withoutIgnored(BOX, ['name'])).toBeUndefined();
  });
});
