import { QueryClient } from '@tanstack/react-query';
import type { Patient } from 'fhir/r4';
import type { ReactElement } from 'react';
import { beforeEach, expect, test, vi } from 'vitest';
import { updateOnce, type Made } from '#data/update-once.ts';
import { openBench } from '#fhir/client-bench.ts';
import { Forbidden } from '#fhir/errors.ts';
import type { Stored } from '#fhir/types.ts';
import type { Asked } from './patient-form.tsx';
import { saveChanges } from './save-changes.tsx';
import { forgetSent, readSent } from './sent.ts';

const bench = openBench();

const ID = 'awkward-inactive';
const KEY = 'draft.old';
beforeEach(() => forgetSent(KEY));

/** A form in which the gender was changed, and its button. */
async function open() {
  const { client } = bench().connect();
  const { resource: base, etag = '' } = await client.read('Patient', ID);
  const left = new AbortController();
  const toast = vi.fn();
  const sending = vi.fn();
  interface Update extends Made {
    resource: Stored<Patient>;
    ifMatch: string;
  }
  const update = (o: Update) => updateOnce(client, o.resource, o.ifMatch, o);
  const tools = {
    base,
    etag,
    fhir: { client },
    cache: new QueryClient(),
    update,
    toast,
    navigate: vi.fn(),
    announce: vi.fn(),
    t: (id: string) => id,
  };
  const saving = {
    built: { patient: { ...base, gender: 'other' }, rowOf: {} },
    confirmed: true,
    seen: [],
    signal: left.signal,
    release: vi.fn(),
    draftKey: KEY,
    sending,
    answered: vi.fn(),
  };
  const save = () => saveChanges(saving as never, tools as never);
  return { save, left, toast, sending };
}

/** What the dialog after a lost answer says of the change. */
const lost = ({ ask }: Awaited<ReturnType<typeof saveChanges>>) =>
  (ask?.({} as Asked) as ReactElement<{ error: { state: string } }> | undefined)?.props.error.state;

test('a form that is left before the change leaves sends none, and was never said to have sent it', async () => {
  const { save, left, sending, toast } = await open();
  let release: (() => void) | undefined;
  bench().server.faults.add({
    method: 'GET',
    times: 1,
    hold: () => new Promise((resolve) => (release = resolve)),
  });
  const saved = save().catch((error: unknown) => error);
  await vi.waitFor(() => expect(release).toBeDefined());
  expect([sending.mock.calls.length, readSent(KEY)]).toEqual([0, undefined]);
  left.abort();
  release?.();
  await saved;
  expect(bench().asked('PUT')).toBe(0);
  expect(sending).not.toHaveBeenCalled();
  expect(toast).not.toHaveBeenCalled();
});

test('it is said to be sent while its answer is waited for', async () => {
  const { save, sending } = await open();
  let release: (() => void) | undefined;
  bench().server.faults.add({
    method: 'PUT',
    times: 1,
    hold: () => new Promise((resolve) => (release = resolve)),
  });
  const saved = save();
  await vi.waitFor(() => expect(release).toBeDefined());
  expect([sending.mock.calls.length, readSent(KEY)?.patient.gender]).toEqual([1, 'other']);
  release?.();
  await saved;
});

test.each([500, 429, 401, 403])(
  'a change of which nothing is known is not forgotten over a %d before the second try leaves',
  async (status) => {
    const { save, left, toast } = await open();
    bench().server.faults.add({ method: 'PUT', times: 1, status: 504 });
    const silence = bench().server.faults.add({ method: 'GET', skip: 1, status: 500, body: {} });
    expect(lost(await save())).toBe('unknown');
    silence();
    const refused = bench().server.faults.add({ method: 'GET', status, body: {} });
    expect(lost(await save())).toBe('unknown');
    expect(readSent(KEY)).toBeDefined();
    left.abort();
    await save().catch(() => undefined);
    expect(readSent(KEY)).toBeDefined();
    expect(toast).not.toHaveBeenCalled();
    expect(bench().asked('PUT')).toBe(1);
    refused();
  },
);

test('a refusal before the first try leaves is told as it is', async () => {
  const { save } = await open();
  bench().server.faults.add({ method: 'GET', status: 403, body: {} });
  await expect(save()).rejects.toBeInstanceOf(Forbidden);
});
