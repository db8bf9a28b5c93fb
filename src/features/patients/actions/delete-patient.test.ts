import type { Patient } from 'fhir/r4';
import { expect, test } from 'vitest';
import { newPatient, openBench } from '#fhir/client/client-fixture.ts';
import type { Versioned } from '#fhir/types.ts';
import type { Attempt } from '#ui/use-attempt.ts';
import { deletePatient } from './delete-patient.ts';

const bench = openBench();
const attempt: Attempt = { signal: new AbortController().signal, send: (write) => write() };

async function deleted(change: (created: Versioned<Patient>) => Versioned<Patient>) {
  const { client } = bench().connect();
  const opened = change(await client.create(newPatient()));
  const deletion = { opened, reason: 'Test record', who: { display: 'x' }, keepReason: false };
  return (await deletePatient(client, deletion, attempt)).state;
}

test('deletes the version the user saw, whether its ETag is weak or strong', async () => {
  expect(await deleted((one) => one)).toBe('deleted');
  expect(await deleted((one) => ({ ...one, etag: one.etag?.replace('W/', '') }))).toBe('deleted');
});

test('does not delete a record whose version differs from the one the user saw', async () => {
  expect(await deleted((one) => ({ ...one, etag: 'W/"0"' }))).toBe('changed');
  expect(bench().asked('DELETE')).toBe(0);
});
