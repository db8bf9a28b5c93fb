import { expect, test, vi } from 'vitest';
import { saveChanges } from './save-changes.tsx';
import { saveNew } from './save-new.tsx';

const base = { resourceType: 'Patient', id: 'p', gender: 'male' } as const;

/** A confirmed save whose form the user has left. */
const left = (patient: object) => ({
  built: { patient, rowOf: {} },
  confirmed: true,
  seen: [],
  signal: AbortSignal.abort(),
  release: vi.fn(),
  draftKey: 'd',
  sending: vi.fn(),
});

test('sends no update or create after the user left the form', async () => {
  const [update, create] = [vi.fn(), vi.fn()];
  const fhir = { client: {}, session: { server: { requests: {} } } };
  const tools = {
    base,
    etag: 'W/"1"',
    fhir,
    update,
    create,
    announce: vi.fn(),
    toast: vi.fn(),
    navigate: vi.fn(),
    t: (id: string) => id,
  };
  const changed = { ...base, gender: 'female' };
  await expect(saveChanges(left(changed) as never, tools as never)).rejects.toThrow();
  await expect(saveNew(left(base) as never, tools as never)).rejects.toThrow();
  expect(update).not.toHaveBeenCalled();
  expect(create).not.toHaveBeenCalled();
});
