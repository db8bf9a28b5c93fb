import { QueryClient } from '@tanstack/react-query';
import type { Patient } from 'fhir/r4';
import type { ComponentProps, ReactElement } from 'react';
import { afterEach, vi } from 'vitest';
import { updateOnce, type Made } from '#data/update-once.ts';
import { openBench } from '#fhir/client/client-fixture.ts';
import type { Stored } from '#fhir/types.ts';
import { ConflictDialog } from '../questions/conflict-dialog.tsx';
import { clearPendingSave } from './pending-save.ts';
import { saveChanges } from './save-changes.tsx';
import type { Asked } from './save-types.ts';

export const ID = 'awkward-inactive';
export const KEY = 'draft.old';

/** Starts the server for a test file. Call `bench` and `open` only inside tests. */
export function openSaveBench() {
  const bench = openBench();
  afterEach(() => clearPendingSave(KEY));

  /** Opens an edit form of the patient. `save` changes the gender unless given other changes. */
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
  return { bench, open };
}

/** Returns the state that the dialog after a lost response shows. */
export const lost = ({ ask }: Awaited<ReturnType<typeof saveChanges>>) =>
  (ask?.({} as Asked) as ReactElement<{ error: { state: string } }> | undefined)?.props.error.state;

/** Returns the props of the conflict dialog; throws if no conflict is asked about. */
export function asksOver({ ask }: Awaited<ReturnType<typeof saveChanges>>) {
  const dialog = ask?.({} as Asked) as
    | ReactElement<ComponentProps<typeof ConflictDialog>>
    | undefined;
  if (dialog?.type !== ConflictDialog) throw new Error('nothing is asked');
  return dialog.props;
}
