import type { Patient } from 'fhir/r4';
import type { ReactElement } from 'react';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { openBench } from '#fhir/client/client-fixture.ts';
import type { FhirClient } from '#fhir/client/client.ts';
import { CreatedButUnknown, Invalid, NetworkError, silent, Throttled } from '#fhir/errors.ts';
import { recall } from '#session/tab-storage/storage.ts';
import { putDraft } from './draft.ts';
import type { Asked } from './save-types.ts';
import { clearPendingSave, setPendingSave, getPendingSave } from './pending-save.ts';
import { saveNew } from './save-new.tsx';

const bench = openBench();

const NEW: Patient = {
  resourceType: 'Patient',
  name: [{ family: 'Neumann', given: ['Otto'] }],
  birthDate: '1970-03-05',
  telecom: [{ system: 'phone', value: '1' }],
};
const KEY = 'draft.new';
beforeEach(() => clearPendingSave(KEY));

/** Presses the save button once; `seen` means that the user confirmed a question. */
function save(
  seen?: readonly string[],
  patient = NEW,
  answer?: () => Promise<unknown>,
  signal = new AbortController().signal,
) {
  const { client } = bench().connect();
  const session = { server: { requests: {} } };
  const toasts: ReactElement<{ lost: readonly string[] }>[] = [];
  const saving = {
    built: { patient, rowOf: {} },
    confirmed: seen !== undefined,
    seen: seen ?? [],
    signal,
    release: () => clearPendingSave(KEY),
    draftKey: KEY,
    sending: vi.fn(),
  };
  const tools = {
    fhir: { client, session },
    create: ({ patient }: { patient: Patient }) => (answer ? answer() : client.create(patient)),
    announce: vi.fn(),
    navigate: vi.fn(async () => undefined),
    toast: (toast: (typeof toasts)[number]) => toasts.push(toast),
    t: (id: string) => id,
  };
  return { toasts, done: saveNew(saving as never, tools as never) };
}

interface Question {
  title?: string;
  found: unknown;
  onAnyway?: (seen: readonly string[]) => void;
}

/** Returns the props of the question's dialog. */
const asks = ({ ask }: Awaited<ReturnType<typeof saveNew>>, asked: Partial<Asked> = {}) =>
  (ask?.(asked as Asked) as ReactElement<Question> | undefined)?.props;

const creates = () =>
  bench().server.log.filter(({ method, path }) => method === 'POST' && path.endsWith('/Patient'))
    .length;

test('a retry asks about a namesake that was registered meanwhile', async () => {
  const lost = bench().server.faults.add({ method: 'POST', path: /\/Patient$/, status: 504 });
  expect(asks(await save().done)?.found).toEqual({ matches: [], unchecked: [] });
  expect(getPendingSave(KEY)?.seen).toEqual([]);
  lost();
  // Another user registers a person with nearly the same name meanwhile.
  const { client } = bench().connect();
  const namesake = { ...NEW, name: [{ family: 'Neuman', given: ['Otto'] }], telecom: [] };
  const { resource } = await client.create<Patient>({ ...namesake, birthDate: '1970-05-03' });
  const before = creates();
  const question = asks(await save([]).done);
  expect(question).toMatchObject({
    title: 'duplicatesTitle',
    found: { matches: [{ patient: { id: resource.id } }] },
  });
  expect(creates()).toBe(before);
  expect((await save([resource.id]).done).ask).toBeUndefined();
  expect(creates()).toBe(before + 1);
});

test('a reviewed duplicate is not taken for the record whose create got no response', async () => {
  const { client } = bench().connect();
  const { resource } = await client.create<Patient>(NEW);
  expect(asks(await save().done)).toMatchObject({ title: 'duplicatesTitle' });
  bench().server.faults.add({ method: 'POST', path: /\/Patient$/, times: 1, status: 504 });
  expect(asks(await save([resource.id]).done)?.found).toEqual({ matches: [], unchecked: [] });
  expect((await save([]).done).ask).toBeUndefined();
});

test('asks before creating when the search by identifier fails', async () => {
  bench().server.faults.add({ path: /\/Patient\?identifier=/, status: 500, body: {} });
  const numbered = { ...NEW, identifier: [{ system: 'urn:x', value: '77' }] };
  const question = asks(await save(undefined, numbered).done);
  expect(question?.found).toEqual({ matches: [], unchecked: ['identifier'] });
  expect(creates()).toBe(0);
});

test('names exactly the elements that the server did not store', async () => {
  const kept = save();
  await kept.done;
  expect(kept.toasts.at(-1)?.props.lost).toEqual([]);
  bench().server.reset();
  bench().server.faults.add({
    method: 'POST',
    path: /\/Patient$/,
    rewrite: (body) => ({ ...(body as Patient), telecom: undefined }),
  });
  const stripped = save();
  await stripped.done;
  expect(stripped.toasts.at(-1)?.props.lost).toEqual(['telecom']);
});

test.each<[string, Error]>([
  ['whose token never came', new NetworkError('timeout')],
  ['that is refused', new Throttled(silent(429))],
])('keeps a create with unknown outcome pending after a second one %s', async (_, fails) => {
  bench().server.faults.add({ method: 'POST', path: /\/Patient$/, times: 1, status: 504 });
  await save().done;
  const typedSince = { ...NEW, gender: 'male' as const };
  await expect(save(['seen'], typedSince, () => Promise.reject(fails)).done).rejects.toBe(fails);
  expect(getPendingSave(KEY)).toEqual({ patient: NEW, seen: ['seen'] });
});

test.each([409, 412])(
  'treats a %d as a refusal of the create, not as a conflict',
  async (status) => {
    const issue = [{ severity: 'error' as const, code: 'duplicate' as const }];
    bench().server.faults.add({
      method: 'POST',
      path: /\/Patient$/,
      status,
      body: { resourceType: 'OperationOutcome', issue },
    });
    const error: unknown = await save().done.catch((refused: unknown) => refused);
    expect(error).toBeInstanceOf(Invalid);
    expect(error).toMatchObject({ status, issues: issue });
    expect(getPendingSave(KEY)).toBeUndefined();
  },
);

describe('a late response leaves the draft and the pending save of the next form alone', () => {
  const next = { patient: { ...NEW, name: [{ family: 'Next' }] } };
  const DRAFT = { values: {} as never, base: undefined, etag: undefined };

  /** Ends a create with `end` after the next form stored its own draft and pending save. */
  async function late(end: (client: FhirClient) => Promise<unknown>, earlier = false) {
    if (earlier) setPendingSave(KEY, { patient: { ...NEW, birthDate: '1970-03-06' } });
    const { client } = bench().connect();
    const left = new AbortController();
    let answer: (value: unknown) => void = () => undefined;
    const create = vi.fn(() => new Promise((resolve) => (answer = resolve)));
    const done = save(['seen'], NEW, create, left.signal).done.catch(() => undefined);
    await vi.waitFor(() => expect(create).toHaveBeenCalled());
    left.abort();
    putDraft(KEY, DRAFT);
    setPendingSave(KEY, next);
    const answered = end(client);
    await answered.catch(() => undefined);
    answer(answered);
    await done;
    expect(getPendingSave(KEY)).toEqual(next);
    expect(recall(KEY, (v): v is object => v !== null)).toMatchObject({ values: {} });
  }

  test.each([false, true])('late refusal, with an earlier pending create: %s', async (earlier) => {
    await late(() => Promise.reject(new Throttled(silent(429))), earlier);
  });
  test('late success', async () => {
    await late((client) => client.create(NEW));
  });
  test('late success without the id of the record', async () => {
    await late(() => Promise.reject(new CreatedButUnknown(201)));
  });
  test('late response with a record that existed before', async () => {
    await late(async (client) => ({ ...(await client.create<Patient>(NEW)), existed: true }));
  });
});

test('a first create that was never sent leaves no pending save', async () => {
  const fails = () => Promise.reject(new NetworkError('timeout'));
  await expect(save(undefined, NEW, fails).done).rejects.toThrow();
  expect(getPendingSave(KEY)).toBeUndefined();
});

test('“create anyway” passes on the records reviewed before the lost create', async () => {
  const { client } = bench().connect();
  const lost = { method: 'POST', path: /\/Patient$/, times: 1, status: 504 };
  const { resource: old } = await client.create<Patient>(NEW);
  bench().server.faults.add(lost);
  await save([old.id]).done;
  const { resource: other } = await client.create<Patient>(NEW);
  const again = vi.fn();
  const question = asks(await save([]).done, { again });
  expect(question?.found).toMatchObject({ matches: [{ patient: { id: other.id } }] });
  question?.onAnyway?.([other.id]);
  expect(again).toHaveBeenCalledWith([old.id, other.id]);
});
