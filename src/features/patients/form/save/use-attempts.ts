import { useEffect, useRef, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import type { Patient } from 'fhir/r4';
import { useMessages } from '#i18n/provider.tsx';
import { messages } from '../messages.ts';
import type { PatientForm } from '../model.ts';
import { preloadedPart } from '../preload.ts';
import type { Validate } from '../validation/use-validate.ts';
import type { Shown } from './attempt.ts';
import { forgetDraft, keepDraft, useKeepDraft } from './draft.ts';
import type { Asked, SaveResult, Saving } from './save-types.ts';

const attempts = preloadedPart(() => import('./attempt.ts'));

const NOTHING: Shown = { lines: [] };

type Task = 'save' | 'check';

export interface AttemptProps {
  /** The patient to edit; undefined for a new one. */
  base: Patient | undefined;
  /** Form values of `base` before any edit; an empty form for a new patient. */
  before: PatientForm;
  draftKey: string;
  /** Saves the form, or returns a question to ask first unless `confirmed`. May throw. */
  save: (saving: Saving) => Promise<SaveResult>;
  /** Validates on the server without saving; undefined if the server does not support it. */
  check?: Validate | undefined;
}

/** The attempts to save or check a form. */
export interface Attempts {
  readonly busy: Task | undefined;
  /** Result of the last attempt, and its number. */
  readonly shown: Shown & { readonly nth: number };
  /** True while a sent write has no response yet. */
  readonly sent: boolean;
  readonly isDirty: () => boolean;
  /** Starts an attempt; a save aborts a running check, and nothing else runs beside a save. */
  readonly run: (what: Task) => void;
  /** What the question of the last attempt may call. */
  readonly asked: Asked;
  /** Call when the user leaves the form. */
  readonly leave: () => void;
}

/** Runs the attempts to save or check a form, and stores its typed values as a draft. */
export function useAttempts(form: UseFormReturn<PatientForm>, props: AttemptProps): Attempts {
  const { base, before, draftKey, save, check } = props;
  const t = useMessages(messages);
  const [busy, setBusy] = useState<Task>();
  const [shown, setShown] = useState({ ...NOTHING, nth: 0 });
  const [sent, setSent] = useState(false);
  // A ref instead of state, because a second press may come before the next render.
  const underWay = useRef<Task>(undefined);
  const released = useRef(false);
  const last = useRef<AbortController>(undefined);
  useKeepDraft(draftKey, form, before);
  useEffect(() => () => last.current?.abort(), []);

  const release = (): void => {
    released.current = true;
    forgetDraft(draftKey);
  };
  const answered = (): void => setSent(false);
  const run = async (
    what: Task,
    confirmed = false,
    seen: readonly string[] = [],
  ): Promise<void> => {
    // A save aborts a running check instead of waiting for it.
    if (underWay.current === 'save' || underWay.current === what) return;
    underWay.current = what;
    last.current?.abort();
    const mine = (last.current = new AbortController());
    const { signal } = mine;
    let now: Shown;
    try {
      const { attempt } = await attempts();
      const values = structuredClone(form.getValues());
      const sending = (): void => {
        keepDraft(draftKey, values, before);
        setSent(true);
      };
      now = await attempt({ values, base, before, t }, async (built) => {
        // Set only after the local validation, because rendering the whole form inert and back
        // takes longer than the validation.
        setBusy(what);
        setShown(({ nth }) => ({ ...NOTHING, nth }));
        return what === 'save'
          ? save({ built, confirmed, seen, signal, release, draftKey, sending, answered })
          : { issues: await check?.(built.patient, signal) };
      });
    } catch (error) {
      now = { lines: [], error }; // the code chunk could not be loaded
    }
    if (last.current !== mine) return;
    underWay.current = undefined;
    setBusy(undefined);
    answered();
    if (!signal.aborted) setShown(({ nth }) => ({ ...now, nth: nth + 1 }));
  };

  return {
    busy,
    shown,
    sent,
    isDirty: () => !released.current && JSON.stringify(form.getValues()) !== JSON.stringify(before),
    run: (what) => void run(what),
    asked: {
      close: () => {
        last.current?.abort(); // a save started by the question must no longer navigate
        setShown({ ...shown, ask: undefined });
      },
      again: (seen) => void run('save', true, seen),
      release,
      keep: () => {
        keepDraft(draftKey, form.getValues(), before);
        released.current = true;
      },
    },
    leave: () => {
      last.current?.abort();
      // The draft is kept until the response, because the server may refuse the write.
      if (sent) released.current = true;
      else release();
    },
  };
}
