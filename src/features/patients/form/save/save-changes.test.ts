import { expect, test, vi } from 'vitest';
import { Forbidden } from '#fhir/errors.ts';
import { getPendingSave, setPendingSave } from './pending-save.ts';
import { asksOver, ID, KEY, lost, openSaveBench } from './save-fixture.ts';

const { bench, open } = openSaveBench();

test('sends no update and no notice when the user leaves the form before the request', async () => {
  const { save, left, sending, toast } = await open();
  let release: (() => void) | undefined;
  bench().server.faults.add({
    method: 'GET',
    times: 1,
    hold: () => new Promise((resolve) => (release = resolve)),
  });
  const saved = save().catch((error: unknown) => error);
  await vi.waitFor(() => expect(release).toBeDefined());
  expect([sending.mock.calls.length, getPendingSave(KEY)]).toEqual([0, undefined]);
  left.abort();
  release?.();
  await saved;
  expect(bench().asked('PUT')).toBe(0);
  expect(sending).not.toHaveBeenCalled();
  expect(toast).not.toHaveBeenCalled();
});

test('reports the change as sent while its response is pending', async () => {
  const { save, sending } = await open();
  let release: (() => void) | undefined;
  bench().server.faults.add({
    method: 'PUT',
    times: 1,
    hold: () => new Promise((resolve) => (release = resolve)),
  });
  const saved = save();
  await vi.waitFor(() => expect(release).toBeDefined());
  expect([sending.mock.calls.length, getPendingSave(KEY)?.patient.gender]).toEqual([1, 'other']);
  release?.();
  await saved;
});

test.each([500, 429, 401, 403])(
  'keeps a change with unknown outcome pending after a %d before the retry is sent',
  async (status) => {
    const { save, left, toast } = await open();
    bench().server.faults.add({ method: 'PUT', times: 1, status: 504 });
    const silence = bench().server.faults.add({ method: 'GET', skip: 1, status: 500, body: {} });
    expect(lost(await save())).toBe('unknown');
    silence();
    const refused = bench().server.faults.add({ method: 'GET', status, body: {} });
    expect(lost(await save())).toBe('unknown');
    expect(getPendingSave(KEY)).toBeDefined();
    left.abort();
    await save().catch(() => undefined);
    expect(getPendingSave(KEY)).toBeDefined();
    expect(toast).not.toHaveBeenCalled();
    expect(bench().asked('PUT')).toBe(1);
    refused();
  },
);

test('rejects with the refusal itself when no request was sent before', async () => {
  const { save } = await open();
  bench().server.faults.add({ method: 'GET', status: 403, body: {} });
  await expect(save()).rejects.toBeInstanceOf(Forbidden);
});

test('announces no save when the user takes the other version in a conflict', async () => {
  const { save, toast, announce, navigate } = await open();
  const { client } = bench().connect();
  const { resource, etag = '' } = await client.read('Patient', ID);
  await client.update({ ...resource, gender: 'female' }, { ifMatch: etag });
  asksOver(await save()).onNothing();
  await vi.waitFor(() => expect(navigate).toHaveBeenCalledOnce());
  expect([toast.mock.calls, announce.mock.calls]).toEqual([[], []]);
});

test('a late refusal of a form that was left keeps the pending save of the next form', async () => {
  const { save, left } = await open();
  let release: (() => void) | undefined;
  bench().server.faults.add({
    method: 'PUT',
    times: 1,
    status: 422,
    body: {},
    hold: () => new Promise((resolve) => (release = resolve)),
  });
  const saved = save().catch((error: unknown) => error);
  await vi.waitFor(() => expect(release).toBeDefined());
  left.abort();
  const next = { patient: { resourceType: 'Patient', id: ID, gender: 'female' } } as const;
  setPendingSave(KEY, next);
  release?.();
  await saved;
  expect(getPendingSave(KEY)).toEqual(next);
});
