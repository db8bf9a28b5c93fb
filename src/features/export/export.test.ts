import { describe, expect, it } from 'vitest';
import { readForm, type FormValues } from './form-values.ts';
import { readJob } from './job.ts';

const BASE = 'https://fhir.example/r4';
const NEVER = { day: '', month: '', year: '', time: '' };
const typed = (some: Partial<FormValues>): FormValues => ({
  level: 'Patient',
  group: '',
  types: '',
  since: NEVER,
  container: '',
  ...some,
});

describe('readForm', () => {
  it('requests everything for an empty form', () => {
    expect(readForm(typed({ group: 'of another level' }))).toEqual({
      request: { level: 'Patient', types: [] },
    });
  });

  it('returns the values of a complete form', () => {
    const read = readForm(
      typed({
        level: 'Group',
        group: ' g-1 ',
        types: 'Patient, Observation;Patient',
        since: { day: '1', month: '03', year: '2026', time: '10:30' },
        container: 'exports-1',
      }),
    );
    expect(read).toEqual({
      request: {
        level: 'Group',
        group: 'g-1',
        types: ['Patient', 'Observation'],
        since: new Date('2026-03-01T10:30').toISOString(),
        container: 'exports-1',
      },
    });
  });

  it('uses midnight for a day without a time', () => {
    const read = readForm(typed({ since: { day: ' 04 ', month: '03', year: '2026', time: '' } }));
    const since = new Date('2026-03-04T00:00').toISOString();
    expect(read).toEqual({ request: { level: 'Patient', types: [], since } });
  });

  it.each([
    [{ level: 'Group' }, 'group', 'groupMissing'],
    [{ level: 'Group', group: '../Patient' }, 'group', 'groupWrong'],
    [{ types: 'Patient, observation' }, 'types', 'typesWrong'],
    [{ types: 'Patient?x' }, 'types', 'typesWrong'],
    [{ since: { ...NEVER, time: '10:30' } }, 'since', 'sinceWrong'],
    [{ since: { ...NEVER, month: '03', year: '2026' } }, 'since', 'sinceWrong'],
    [{ since: { ...NEVER, day: '1', month: '03', year: '26' } }, 'since', 'sinceWrong'],
    [{ since: { day: '29', month: '02', year: '2026', time: '' } }, 'since', 'sinceWrong'],
    [{ since: { day: '1', month: '02', year: '2026', time: 'incomplete' } }, 'since', 'sinceWrong'],
    [{ container: 'Exports' }, 'container', 'containerWrong'],
    [{ container: 'a--b' }, 'container', 'containerWrong'],
    [{ container: 'ab' }, 'container', 'containerWrong'],
  ] as const)('reports the invalid field of %o', (some, field, id) => {
    expect(readForm(typed(some))).toMatchObject({ problems: { [field]: { id } } });
  });
});

describe('readJob', () => {
  const statusUrl = `${BASE}/_operations/export/1`;
  const request = { level: 'Group', group: 'g', types: ['Patient'] };

  it('restores a stored job', () => {
    expect(readJob({ at: 1, place: 'known', statusUrl, request }, BASE)).toMatchObject({
      at: 1,
      place: 'known',
      statusUrl,
      request,
    });
    expect(readJob({ at: 1, place: 'unreadable', statusUrl }, BASE)).toMatchObject({
      place: 'unreadable',
      statusUrl: undefined,
    });
  });

  it.each([
    undefined,
    'x',
    { place: 'known', statusUrl },
    { at: 1, place: 'known' },
    { at: 1, place: 'known', statusUrl: 'https://evil.example/r4/jobs/1' },
    { at: 1, place: 'known', statusUrl: 'https://fhir.example/other' },
    { at: 1, place: 'known', statusUrl: `${BASE}/Patient/1` },
    { at: 1, place: 'known', statusUrl: 'javascript:alert(1)' },
  ])('rejects %o', (value) => {
    expect(readJob(value, BASE)).toBeUndefined();
  });
});
