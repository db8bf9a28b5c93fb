import { QueryClient } from '@tanstack/react-query';
import type { Patient } from 'fhir/r4';
import type { ComponentProps, ReactElement } from 'react';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { updateOnce, type Made } from '#data/update-once.ts';
import { openBench } from '#fhir/client/client-fixture.ts';
import { Forbidden, Invalid } from '#fhir/errors.ts';
import { faultKinds } from '#sandbox/fhir/faults/faults.ts';
import type { Stored } from '#fhir/types.ts';
import type { Asked } from './save-types.ts';
import { saveChanges } from './save-changes.tsx';
import { ConflictDialog } from '../questions/conflict-dialog.tsx';
import { clearPendingSave, setPendingSave, getPendingSave } from './pending-save.ts';

const bench = openBench();

const ID = 'awkward-inactive';
const KEY = 'draft.old';
beforeEach(() => clearPendingSave(KEY));

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
    fhir: { client, session: { key: 'k' } },
    cache: new QueryClient(),
    update,
    toast,
    navigate: vi.fn(),
    announce: vi.fn(),
    t: (id: string) => id,
  };
  const saving = (typed: Partial<Patient>) => ({
    built: { patient: { ...base, ...typed }, rowOf: {} },
    confirmed: true,
    seen: [],
    signal: left.signal,
    release: vi.fn(),
    draftKey: KEY,
    sending,
    answered: vi.fn(),
  });
  const save = (typed: Partial<Patient> = { gender: 'other' }) =>
    saveChanges(saving(typed) as never, tools as never);
  return { save, left, ...tools, sending };
}

/** What the dialog after a lost answer says of the change. */
const lost = ({ ask }: Awaited<ReturnType<typeof saveChanges>>) =>
  (ask?.({} as Asked) as ReactElement<{ error: { state: string } }> | undefined)?.props.error.state;

/** The props of the dialog that asks whose change is to stand. */
function asksOver({ ask }: Awaited<ReturnType<typeof saveChanges>>) {
  const dialog = ask?.({} as Asked) as
    | ReactElement<ComponentProps<typeof ConflictDialog>>
    | undefined;
  if (dialog?.type !== ConflictDialog) throw new Error('nothing is asked');
  return dialog.props;
}

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
  expect([sending.mock.calls.length, getPendingSave(KEY)]).toEqual([0, undefined]);
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
  expect([sending.mock.calls.length, getPendingSave(KEY)?.patient.gender]).toEqual([1, 'other']);
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
    expect(getPendingSave(KEY)).toBeDefined();
    left.abort();
    await save().catch(() => undefined);
    expect(getPendingSave(KEY)).toBeDefined();
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

describe('one’s own change, of which nothing was known, is nobody else’s', () => {
  const PHONE = { system: 'phone', value: '030  1234 ' } as const;
  const TIDY = { ...PHONE, value: '030 1234' };
  const EXTRA = { url: 'https://server.example/origin', valueString: 'ward' };
  const now = async () => (await bench().connect().client.read('Patient', ID)).resource;
  /** What somebody else does. */
  const elsewhere = async (change: Partial<Patient>) => {
    const { client } = bench().connect();
    const { resource, etag = '' } = await client.read('Patient', ID);
    const theirs: Patient = { ...resource, ...change };
    await client.update({ ...theirs, id: ID }, { ifMatch: etag });
  };

  /** A change that is saved while nobody can be asked about it. */
  async function unknown(typed: Partial<Patient>) {
    const form = await open();
    bench().server.faults.add({ method: 'PUT', times: 1, ...faultKinds.answerLost() });
    const silence = bench().server.faults.add({ method: 'GET', skip: 1, status: 500, body: {} });
    expect(lost(await form.save(typed))).toBe('unknown');
    silence();
    return form;
  }

  test('with one more field it is gone on from', async () => {
    const { save, navigate } = await unknown({ gender: 'other' });
    expect((await save({ gender: 'other', birthDate: '1950-01-02' })).ask).toBeUndefined();
    expect(navigate).toHaveBeenCalledOnce();
    expect(await now()).toMatchObject({ gender: 'other', birthDate: '1950-01-02' });
    expect(bench().asked('PUT')).toBe(2);
  });

  test('the same, where the server tidied what was typed over, and added something', async () => {
    const { save } = await unknown({ telecom: [PHONE] });
    await elsewhere({ telecom: [TIDY], extension: [EXTRA] });
    const anew = [{ ...PHONE, value: '030 5678' }];
    expect((await save({ telecom: anew, gender: 'other' })).ask).toBeUndefined();
    expect(await now()).toMatchObject({ telecom: anew, gender: 'other', extension: [EXTRA] });
  });

  test('as it was, on a server that tidied it and added something', async () => {
    const { save, navigate, toast } = await unknown({ telecom: [PHONE] });
    await elsewhere({ telecom: [TIDY], extension: [EXTRA] });
    expect((await save({ telecom: [PHONE] })).ask).toBeUndefined();
    expect(navigate).toHaveBeenCalledOnce();
    expect(toast.mock.lastCall?.[0].props.lost).toEqual([]);
    expect(bench().asked('PUT')).toBe(2);
  });

  test('after what was settled with somebody else, one more field is asked about no more', async () => {
    const form = await open();
    await elsewhere({ gender: 'female', active: true });
    const typed = { gender: 'other', birthDate: '1950-01-02' } as const;
    const { write, theirs } = asksOver(await form.save(typed));
    const settled: Stored<Patient> = { ...theirs.resource, birthDate: '1950-01-02' };
    bench().server.faults.add({ method: 'PUT', times: 1, ...faultKinds.answerLost() });
    const silence = bench().server.faults.add({ method: 'GET', skip: 1, status: 500, body: {} });
    const over = { resource: theirs.resource, etag: theirs.etag ?? '' };
    await expect(write(settled, over)).rejects.toMatchObject({
      state: 'unknown',
    });
    silence();
    expect((await form.save({ ...typed, telecom: [PHONE] })).ask).toBeUndefined();
    expect(await now()).toMatchObject({ ...settled, meta: {}, telecom: [PHONE] });
  });

  test('nor what the server did once nobody waited for it any more', async () => {
    const { save, navigate } = await open();
    bench().server.faults.add({ method: 'PUT', times: 1, status: 504 });
    expect(lost(await save({ telecom: [PHONE] }))).toBe('not-done');
    expect(getPendingSave(KEY)?.patient.telecom).toEqual([PHONE]);
    await elsewhere({ telecom: [TIDY], extension: [EXTRA] });
    expect((await save({ telecom: [PHONE] })).ask).toBeUndefined();
    expect(navigate).toHaveBeenCalledOnce();
  });

  test('a refusal of what was typed since does not make it somebody else’s', async () => {
    const { save } = await unknown({ gender: 'other' });
    bench().server.faults.add({ method: 'PUT', times: 1, status: 422, body: {} });
    const more = { gender: 'other', birthDate: '1950-01-02' } as const;
    await expect(save(more)).rejects.toBeInstanceOf(Invalid);
    expect((await save(more)).ask).toBeUndefined();
    expect(await now()).toMatchObject(more);
  });

  test.each<[string, Partial<Patient>]>([
    ['takes it back', { gender: 'female' }],
    ['adds to it', { gender: 'other', telecom: [TIDY] }],
    ['takes something else away', { gender: 'other', name: [] }],
    ['changes what the first try never touched', { active: true }],
  ])('but somebody else who %s is asked about', async (_, change) => {
    const { save } = await unknown({ gender: 'other' });
    await elsewhere(change);
    const theirs = await now();
    asksOver(await save({ gender: 'other', birthDate: '1950-01-02' }));
    expect(await now()).toEqual(theirs);
    asksOver(await save());
    expect(await now()).toEqual(theirs);
  });

  test('nor is it one’s own where nothing of it was ever sent', async () => {
    const { save } = await open();
    await elsewhere({ gender: 'other', extension: [EXTRA] });
    asksOver(await save());
  });
});

test('theirs alone is nothing that was saved here', async () => {
  const { save, toast, announce, navigate } = await open();
  const { client } = bench().connect();
  const { resource, etag = '' } = await client.read('Patient', ID);
  await client.update({ ...resource, gender: 'female' }, { ifMatch: etag });
  asksOver(await save()).onNothing();
  await vi.waitFor(() => expect(navigate).toHaveBeenCalledOnce());
  expect([toast.mock.calls, announce.mock.calls]).toEqual([[], []]);
});

test('a late refusal of a form that was left takes no mark of the next one', async () => {
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
