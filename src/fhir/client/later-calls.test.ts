import { expect, it, vi } from 'vitest';
import { newPatient, openBench } from './client-fixture.ts';

// Stands for a web server that never sends this file.
vi.mock('./later-calls.ts', () => new Promise(() => undefined));

const bench = openBench();

it('calls whose code never loads end with their signal or with the request timeout', async () => {
  const { client } = bench().connect({ timeout: 100 });
  const leaving = new AbortController();
  const left = client.create(newPatient(), { signal: leaving.signal });
  leaving.abort();
  await expect(left).rejects.toMatchObject({ name: 'AbortError' });

  const late = { reason: 'timeout', wrote: false };
  await expect(client.remove('Patient', 'p0001')).rejects.toMatchObject(late);
  await expect(client.create(newPatient())).rejects.toMatchObject(late);
  expect(bench().server.log).toEqual([]);
});
