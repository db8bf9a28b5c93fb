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

/** One press of the button; `seen` says that a question was answered with yes. */
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

/** The props of the dialog that asks. */
const asks = ({ ask }: Awaited<ReturnType<typeof saveNew>>, asked: Partial<Asked> = {}) =>
  (ask?.(asked as Asked) as ReactElement<Question> | undefined)?.props;

const creates = () =>
  bench().server.log.filter(({ method, path }) => method === 'POST' && path.endsWith('/Patient'))
    .length;

test('a second try asks about a namesake that nobody has looked at', async () => {
  const lost = bench().server.faults.add({ method: 'POST', path: /\/Patient$/, status: 504 });
  expect(asks(await save().done)?.found).toEqual({ matches: [], unchecked: [] });
  expect(getPendingSave(KEY)?.seen).toEqual([]);
  lost();
  // Somebody else registers a person of nearly the same name meanwhile: not what was sent.
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

test('who was looked at before it was sent is not taken for what was sent', async () => {
  const { client } = bench().connect();
  const { resource } = await client.create<Patient>(NEW);
  expect(asks(await save().done)).toMatchObject({ title: 'duplicatesTitle' });
  bench().server.faults.add({ method: 'POST', path: /\/Patient$/, times: 1, status: 504 });
  expect(asks(await save([resource.id]).done)?.found).toEqual({ matches: [], unchecked: [] });
  expect((await save([]).done).ask).toBeUndefined();
});

test('where the identifier cannot be searched nothing is created unasked', async () => {
  bench().server.faults.add({ path: /\/Patient\?identifier=/, status: 500, body: {} });
  const numbered = { ...NEW, identifier: [{ system: 'urn:x', value: '77' }] };
  const question = asks(await save(undefined, numbered).done);
  expect(question?.found).toEqual({ matches: [], unchecked: ['identifier'] });
  expect(creates()).toBe(0);
});

test('what the server did not keep is named, and nothing else', async () => {
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
])('a create of which nothing is known is not forgotten over a second one %s', async (_, fails) => {
  bench().server.faults.add({ method: 'POST', path: /\/Patient$/, times: 1, status: 504 });
  await save().done;
  const typedSince = { ...NEW, gender: 'male' as const };
  await expect(save(['seen'], typedSince, () => Promise.reject(fails)).done).rejects.toBe(fails);
  expect(getPendingSave(KEY)).toEqual({ patient: NEW, seen: ['seen'] });
});

test.each([409, 412])('a %d is a refusal of what is new, not a conflict', async (status) => {
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
});

describe('an answer that comes when the form was left and the next one has sent something', () => {
  const next = { patient: { ...NEW, name: [{ family: 'Next' }] } };
  const DRAFT = { values: {} as never, base: undefined, etag: undefined };

  /** A create that is answered as `end` says, once the next form has a draft and a mark of its own. */
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

  test.each([false, true])('a refusal, after an open one: %s', async (earlier) => {
    await late(() => Promise.reject(new Throttled(silent(429))), earlier);
  });
  test('a success', async () => {
    await late((client) => client.create(NEW));
  });
  test('a success that does not say which', async () => {
    await late(() => Promise.reject(new CreatedButUnknown(201)));
  });
  test('a record that was there before', async () => {
    await late(async (client) => ({ ...(await client.create<Patient>(NEW)), existed: true }));
  });
});

test('a first create that did not leave leaves nothing to look for', async () => {
  const fails = () => Promise.reject(new NetworkError('timeout'));
  await expect(save(undefined, NEW, fails).done).rejects.toThrow();
  expect(getPendingSave(KEY)).toBeUndefined();
});

test('who was looked at before a create was lost is still known after “create anyway”', async () => {
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
