import type { ServiceRequest } from 'fhir/r4';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, expect, test } from 'vitest';
import { requests } from './requests.tsx';

beforeAll(async () => await requests.load?.());

const cell = (id: string, rest: object): string =>
  renderToStaticMarkup(
    requests.columns
      .find((column) => column.id === id)
      ?.cell(
        {
          resourceType: 'ServiceRequest',
          status: 'active',
          intent: 'order',
          subject: { reference: 'Patient/a' },
          ...rest,
        },
        (key) => key,
        () => undefined,
      ),
  )
    .replaceAll(/<\/div>/g, ' | ')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/ \| $/g, '');

test.each([
  [{ asNeededBoolean: true }, 'as needed'],
  [{ asNeededBoolean: false }, 'Not recorded'],
  [
    { asNeededCodeableConcept: { text: 'chest pain' }, occurrenceDateTime: '2026-11-02' },
    '02-Nov-2026 | as needed (chest pain)',
  ],
  // The element is present without its value, so the cell refers to the raw JSON.
  [
    { _asNeededBoolean: {}, occurrenceDateTime: '2026-11-02' },
    '02-Nov-2026 | more in the raw JSON',
  ],
  [{ asNeededBoolean: true, _asNeededBoolean: {} }, 'as needed'],
  [{ asNeededBoolean: true, occurrenceTiming: { repeat: { count: 6 } } }, '6 × in all | as needed'],
])('a request shows whether it is to be done only as needed: %o', (rest: object, words) => {
  expect(cell('due', rest)).toBe(words);
});

test.each([
  [{}, 'Active | priority: status.stat'],
  [{ status: 'revoked' }, 'Revoked'],
  [{ status: 'completed' }, 'Completed'],
  [{ doNotPerform: true }, 'doNotPerform | Active'],
])('a request shows its priority while it is to be carried out: %o', (rest: object, words) => {
  const lines = cell('status', { priority: 'stat', ...rest }).split(' | ');
  // The intent `order` has no text.
  expect(lines.filter(Boolean).join(' | ')).toBe(words);
});

test('a request shows its details, quantity, reason and instruction to the patient', () => {
  const request = {
    code: { text: 'Catheterisation' },
    orderDetail: [{ text: 'Indwelling' }, { text: 'Size 14' }],
    quantityQuantity: { value: 2, unit: 'bags' },
    patientInstruction: 'Do not pull',
    reasonCode: [{ text: 'Retention' }],
  };
  expect(cell('what', request)).toBe(
    'Catheterisation | Indwelling | Size 14 | quantity: 2 bags | reason: Retention | forPatient: Do not pull',
  );
});

test.each([
  [{ occurrenceDateTime: '2026-11-02' }, '02-Nov-2026'],
  [{ occurrenceTiming: { repeat: { frequency: 3, period: 1, periodUnit: 'wk' } } }, '3 × a week'],
  [{ occurrenceTiming: { repeat: { count: 6 } } }, '6 × in all'],
  [{ occurrenceTiming: { repeat: { frequency: 6 } } }, 'more in the raw JSON'],
  [{}, 'Not recorded'],
])('a request shows when it is to be carried out: %o', (rest: object, words) => {
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
