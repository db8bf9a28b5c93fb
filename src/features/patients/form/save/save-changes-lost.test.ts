import type { Patient } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import { Invalid } from '#fhir/errors.ts';
import type { Stored } from '#fhir/types.ts';
import { faultKinds } from '#sandbox/fhir/faults/faults.ts';
import { getPendingSave } from './pending-save.ts';
import { asksOver, ID, KEY, lost, openSaveBench } from './save-fixture.ts';

const { bench, open } = openSaveBench();

describe('a save after this user’s earlier change had an unknown outcome', () => {
  const PHONE = { system: 'phone', value: '030  1234 ' } as const;
  const TIDY = { ...PHONE, value: '030 1234' };
  const EXTRA = { url: 'https://server.example/origin', valueString: 'ward' };
  const now = async () => (await bench().connect().client.read('Patient', ID)).resource;
  /** Saves a change of another user. */
  const elsewhere = async (change: Partial<Patient>) => {
    const { client } = bench().connect();
    const { resource, etag = '' } = await client.read('Patient', ID);
    const theirs: Patient = { ...resource, ...change };
    await client.update({ ...theirs, id: ID }, { ifMatch: etag });
  };

  /** Saves a change so that its outcome is unknown: no response, and no reads afterwards. */
  async function unknown(typed: Partial<Patient>) {
    const form = await open();
    bench().server.faults.add({ method: 'PUT', times: 1, ...faultKinds.answerLost() });
    const silence = bench().server.faults.add({ method: 'GET', skip: 1, status: 500, body: {} });
    expect(lost(await form.save(typed))).toBe('unknown');
    silence();
    return form;
  }

  test('builds on the earlier change when one more field was edited', async () => {
    const { save, navigate } = await unknown({ gender: 'other' });
    expect((await save({ gender: 'other', birthDate: '1950-01-02' })).ask).toBeUndefined();
    expect(navigate).toHaveBeenCalledOnce();
    expect(await now()).toMatchObject({ gender: 'other', birthDate: '1950-01-02' });
    expect(bench().asked('PUT')).toBe(2);
  });

  test('builds on the earlier change when a value normalized by the server is edited', async () => {
    const { save } = await unknown({ telecom: [PHONE] });
    await elsewhere({ telecom: [TIDY], extension: [EXTRA] });
    const anew = [{ ...PHONE, value: '030 5678' }];
    expect((await save({ telecom: anew, gender: 'other' })).ask).toBeUndefined();
    expect(await now()).toMatchObject({ telecom: anew, gender: 'other', extension: [EXTRA] });
  });

  test('sends no new update when the server stored the same change normalized', async () => {
    const { save, navigate, toast } = await unknown({ telecom: [PHONE] });
    await elsewhere({ telecom: [TIDY], extension: [EXTRA] });
    expect((await save({ telecom: [PHONE] })).ask).toBeUndefined();
    expect(navigate).toHaveBeenCalledOnce();
    expect(toast.mock.lastCall?.[0].props.lost).toEqual([]);
    expect(bench().asked('PUT')).toBe(2);
  });

  test('does not ask again about a resolved conflict when one more field was edited', async () => {
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

  test('recognises the earlier change when the server executed it after the time-out', async () => {
    const { save, navigate } = await open();
    bench().server.faults.add({ method: 'PUT', times: 1, status: 504 });
    expect(lost(await save({ telecom: [PHONE] }))).toBe('not-done');
    expect(getPendingSave(KEY)?.patient.telecom).toEqual([PHONE]);
    await elsewhere({ telecom: [TIDY], extension: [EXTRA] });
    expect((await save({ telecom: [PHONE] })).ask).toBeUndefined();
    expect(navigate).toHaveBeenCalledOnce();
  });

  test('still recognises the earlier change after a refusal of later edits', async () => {
    const { save } = await unknown({ gender: 'other' });
    bench().server.faults.add({ method: 'PUT', times: 1, status: 422, body: {} });
    const more = { gender: 'other', birthDate: '1950-01-02' } as const;
    await expect(save(more)).rejects.toBeInstanceOf(Invalid);
    expect((await save(more)).ask).toBeUndefined();
    expect(await now()).toMatchObject(more);
  });

  test.each<[string, Partial<Patient>]>([
    ['reverts the earlier change', { gender: 'female' }],
    ['changes another element as well', { gender: 'other', telecom: [TIDY] }],
    ['removes another element', { gender: 'other', name: [] }],
    ['changes only an element that the earlier change did not touch', { active: true }],
  ])('asks about a conflict when another user %s', async (_, change) => {
    const { save } = await unknown({ gender: 'other' });
    await elsewhere(change);
    const theirs = await now();
    asksOver(await save({ gender: 'other', birthDate: '1950-01-02' }));
    expect(await now()).toEqual(theirs);
    asksOver(await save());
    expect(await now()).toEqual(theirs);
  });

  test('asks about a conflict when this user sent no earlier change', async () => {
    const { save } = await open();
    await elsewhere({ gender: 'other', extension: [EXTRA] });
    asksOver(await save());
  });
});
