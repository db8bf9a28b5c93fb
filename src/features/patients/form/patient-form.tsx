import {
  memo,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
  type SubmitEvent,
} from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import type { Patient } from 'fhir/r4';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import { PartMissing } from '#ui/states/part-missing.tsx';
import type { Shown } from './save/attempt.ts';
import { ErrorSummary, Outcome } from './validation/error-summary.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { AddressFields } from './fields/address-fields.tsx';
import { preload, preloadedPart } from './preload.ts';
import { ContactFields, IdentifierFields, WhoFields } from './fields/main-fields.tsx';
import { messages } from './messages.ts';
import type { PatientForm } from './model.ts';
import { ProblemsProvider } from './validation/problems.tsx';
import { forgetDraft, keepDraft, useKeepDraft } from './save/draft.ts';
import { isCreateConflict } from './save/create-conflict.ts';
import type { Asked, SaveResult, Saving } from './save/save-types.ts';
import type { Validate } from './validation/use-validate.ts';
import styles from './form.module.css';

const attempts = preloadedPart(() => import('./save/attempt.ts'));
const MoreFields = preload(
  async () => (await import('./fields/more-fields.tsx')).MoreFields,
  PartMissing,
);

const NOTHING: Shown = { lines: [] };

export interface PatientFormViewProps {
  /** The patient to edit; undefined for a new one. */
  base: Patient | undefined;
  /** Form values of `base` before any edit; an empty form for a new patient. */
  before: PatientForm;
  /** Initial form values: `before`, an unsaved draft or values from the search. */
  start: PatientForm;
  draftKey: string;
  saveLabel: string;
  /** Saves the form, or returns a question to ask first unless `confirmed`. May throw. */
  save: (saving: Saving) => Promise<SaveResult>;
  /** Validates on the server without saving; undefined if the server does not support it. */
  check?: Validate | undefined;
  onCancel: () => void;
  children?: ReactNode;
}

/** The form of a new or existing patient. Only one save runs at a time. */
export function PatientFormView(props: PatientFormViewProps) {
  const { base, before, start, draftKey, save, check } = props;
  const t = useMessages(messages);
  const form = useForm<PatientForm>({ defaultValues: start, shouldUnregister: false });
  const [busy, setBusy] = useState<'save' | 'check'>();
  const [shown, setShown] = useState({ ...NOTHING, nth: 0 });
  const [sent, setSent] = useState(false);
  // A ref instead of state, because a second press may come before the next render.
  const underWay = useRef<'save' | 'check'>(undefined);
  const released = useRef(false);
  const last = useRef<AbortController>(undefined);
  const saveButton = useRef<HTMLButtonElement>(null);
  useKeepDraft(draftKey, form, before);
  useEffect(() => () => last.current?.abort(), []);
  useEffect(() => {
    // The fields are inert during a save, so the focus must move to the button.
    if (busy === 'save') saveButton.current?.focus({ preventScroll: true });
  }, [busy]);

  const release = (): void => {
    released.current = true;
    forgetDraft(draftKey);
  };
  const isDirty = (): boolean =>
    !released.current && JSON.stringify(form.getValues()) !== JSON.stringify(before);

  const answered = (): void => setSent(false);
  const run = async (
    what: 'save' | 'check',
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

  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    void run('save');
  };

  const { lines, warnings, error, ask, nth } = shown;
  const problems = useMemo(
    () => new Map(lines.flatMap(({ path, text }) => (path ? [[path, text]] : []))),
    [lines],
  );
  return (
    <FormProvider {...form}>
      <ProblemsProvider problems={problems}>
        <form className={styles.form} onSubmit={onSubmit} noValidate>
          {/* Inert while saving: input made now would be in neither the request nor the draft. */}
          <div className={styles.form} inert={busy === 'save'}>
            {props.children}
            {/* A new key for each attempt, so that a repeated message is announced again. */}
            <Outcome key={nth} of={error ?? (lines.length > 0 ? lines : warnings)}>
              {error === undefined ? (
                <ErrorSummary lines={lines} warnings={warnings} />
              ) : (
                <ErrorAlert
                  error={error}
                  {...(!base &&
                    isCreateConflict(error) && { title: t('taken'), advice: t('takenDo') })}
                />
              )}
            </Outcome>
            <Fields />
          </div>
          <div className={styles.actions}>
            <Button ref={saveButton} variant="primary" type="submit" busy={busy === 'save'}>
              {props.saveLabel}
            </Button>
            {check && (
              <Button busy={busy === 'check'} onClick={() => void run('check')}>
                {t('check')}
              </Button>
            )}
            <Button variant="quiet" onClick={props.onCancel}>
              {t('cancel')}
            </Button>
            <span role="status">{busy ? t(busy === 'save' ? 'saving' : 'checking') : ''}</span>
          </div>
        </form>
        {ask && (
          <Question
            render={ask}
            close={() => {
              last.current?.abort(); // a save started by the question must no longer navigate
              setShown({ ...shown, ask: undefined });
            }}
            again={(seen) => void run('save', true, seen)}
            release={release}
            keep={() => {
              keepDraft(draftKey, form.getValues(), before);
              released.current = true;
            }}
          />
        )}
        <LeaveGuard
          isDirty={isDirty}
          sent={sent}
          onLeave={() => {
            last.current?.abort();
            // The draft is kept until the response, because the server may refuse the write.
            if (sent) released.current = true;
            else release();
          }}
        />
      </ProblemsProvider>
    </FormProvider>
  );
}

/** All fields, memoised: after a save only the fields that show a problem render again. */
const Fields = memo(function Fields() {
  const t = useMessages(messages);
  // Deferred, so that the visible fields render before the folded ones.
  const moreDrawn = useDeferredValue(true, false);
  return (
    <>
      <WhoFields />
      <IdentifierFields />
      <ContactFields />
      <AddressFields />
      <details className={styles.more}>
        <summary>{t('more')}</summary>
        {moreDrawn && <MoreFields />}
      </details>
    </>
  );
});

function Question({ render, ...asked }: Asked & { render: (asked: Asked) => ReactNode }) {
  return render(asked);
}
