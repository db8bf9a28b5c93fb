import { addYears } from './calendar.ts';
import type { Shape } from './shape.ts';

const forty = Array.from({ length: 40 }, (_, i) => `Given${String(i + 1).padStart(2, '0')}`);

/** Patients with names that break programs that expect a usual name. */
export const awkwardNames = (now: string): Record<string, Shape> => ({
  'no-name': { gender: 'unknown', birthDate: '1971-05-06' },
  'no-birth-date': {
    name: [{ use: 'official', family: 'Undated', given: ['Una'] }],
    gender: 'female',
  },
  bare: {},
  'text-only': {
    name: [{ text: 'Sunita w/o Ramesh of Chandpur' }],
    gender: 'female',
    birthDate: '1969-02-11',
  },
  mononym: {
    name: [{ use: 'official', given: ['Suharti'] }],
    gender: 'female',
    birthDate: '1984-09-30',
  },
  'family-only': {
    name: [{ use: 'official', family: 'Sukarnoto' }],
    gender: 'male',
    birthDate: '1956-01-19',
  },
  'many-names': {
    name: [
      {
        use: 'official',
        family: 'de la Santísima Trinidad y Todos los Santos',
        given: forty,
        prefix: ['Prof', 'Dr', 'Sir'],
        suffix: ['OBE', 'PhD', 'Jr'],
      },
    ],
    gender: 'male',
    birthDate: '1962-08-03',
  },
  'name-history': {
    name: [
      { use: 'old', family: 'Ellery', given: ['Robin'], period: { end: '2001-05-05' } },
      { use: 'maiden', family: 'Farrow', given: ['Robin'], period: { end: '2001-05-05' } },
      { use: 'official', family: 'Future', given: ['Robin'], period: { start: addYears(now, 1) } },
      {
        use: 'official',
        family: 'Garland',
        given: ['Robin', 'Kit'],
        prefix: ['Mx'],
        period: { start: '2001-05-05' },
      },
      { use: 'usual', family: 'Garland', given: ['Kit'] },
      { use: 'nickname', given: ['Kitto'] },
    ],
    gender: 'other',
    birthDate: '1975-10-12',
  },
  anonymous: {
    name: [{ use: 'anonymous', text: 'Anonymous B' }],
    gender: 'female',
    birthDate: '1999',
  },
  'temporary-name': {
    name: [{ use: 'temp', family: 'Unknown', given: ['Male', 'Resus 2'] }],
    gender: 'male',
  },
});
