import type { ServiceRequest } from 'fhir/r4';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, expect, test } from 'vitest';
import { requests } from './requests.tsx';

beforeAll(async () => await requests.load?.());

test.each([
  [{ occurrenceDateTime: '2026-11-02' }, '02-Nov-2026'],
  [{ occurrenceTiming: { repeat: { frequency: 3, period: 1, periodUnit: 'wk' } } }, '3 × a week'],
  [{ occurrenceTiming: { repeat: { count: 6 } } }, '6 × in all'],
  [{ occurrenceTiming: { repeat: { frequency: 6 } } }, 'more in the raw JSON'],
  [{}, 'Not recorded'],
])('when a request is to be carried out: %o', (rest: object, words) => {
  const request: ServiceRequest = {
    resourceType: 'ServiceRequest',
    status: 'active',
    intent: 'order',
    subject: { reference: 'Patient/a' },
    ...rest,
  };
  const due = requests.columns.find(({ id }) => id === 'due');
  const shown = renderToStaticMarkup(
    due?.cell(
      request,
      (id) => id,
      () => undefined,
    ),
  );
  expect(shown.replaceAll(/<[^>]*>/g, '')).toBe(words);
});
