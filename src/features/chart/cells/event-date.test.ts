import { beforeAll, expect, test } from 'vitest';
import type { FhirResource } from '#fhir/types.ts';
import { panelById, panels } from '../panels.ts';
import type { T } from '../panel.ts';

beforeAll(async () => {
  for (const panel of panels) await panel.load?.();
});

const t: T = (id, values) => [id, ...Object.values(values ?? {})].join(' ');
const line = (panel: string, fields: object) => {
  const { date, when } = panelById(panel)?.line(fields as FhirResource, t, () => undefined) ?? {};
  return { date, when };
};

test.each([
  ['immunizations', { occurrenceString: 'in childhood', recorded: '2024-05-02' }, 'in childhood'],
  ['conditions', { onsetAge: { value: 12, code: 'a' }, recordedDate: '2024' }, '12y'],
  ['allergies', { onsetString: 'as a child', recordedDate: '2024' }, 'as a child'],
  ['procedures', { performedString: 'Summer 1998' }, 'Summer 1998'],
])('%s without a date show the recorded text, not the recording date', (...row) => {
  const [panel, fields, when] = row;
  expect(line(panel, fields)).toEqual({ date: undefined, when });
});

test.each([
  ['immunizations', { recorded: '2024-05-02' }],
  ['conditions', { recordedDate: '2024-05-02' }],
  ['allergies', { recordedDate: '2024-05-02' }],
])('%s with only a recording date say that it is the recording date', (panel, fields) => {
  expect(line(panel, fields)).toEqual({ date: '2024-05-02', when: 'recordedOn 02-May-2024' });
});

test.each([
  ['immunizations', { occurrenceDateTime: '1998', recorded: '2024' }],
  ['conditions', { onsetPeriod: { start: '1998' }, recordedDate: '2024' }],
  ['allergies', { onsetDateTime: '1998', recordedDate: '2024' }],
  ['procedures', { performedDateTime: '1998' }],
])('%s with a date of the event show that date', (panel, fields) => {
  expect(line(panel, fields)).toEqual({ date: '1998', when: undefined });
});

test('a condition without any date or text has no date', () => {
  expect(line('conditions', {})).toEqual({ date: undefined, when: undefined });
});
