import {
  memo,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  type ReactNode,
  type SubmitEvent,
} from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import { PartMissing } from '#ui/states/part-missing.tsx';
import { ErrorSummary, Outcome } from './validation/error-summary.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { AddressFields } from './fields/address-fields.tsx';
import { preload } from './preload.ts';
import { ContactFields, IdentifierFields, WhoFields } from './fields/main-fields.tsx';
import { messages } from './messages.ts';
import type { PatientForm } from './model.ts';
import { ProblemsProvider } from './validation/problems.tsx';
import { isCreateConflict } from './save/create-conflict.ts';
import type { Asked } from './save/save-types.ts';
import { useAttempts, type AttemptProps } from './save/use-attempts.ts';
import styles from './form.module.css';

const MoreFields = preload(
  async () => (await import('./fields/more-fields.tsx')).MoreFields,
  PartMissing,
);

export interface PatientFormViewProps extends AttemptProps {
  /** Initial form values: `before`, an unsaved draft or values from the search. */
  start: PatientForm;
  saveLabel: string;
  onCancel: () => void;
  children?: ReactNode;
}

/** The form of a new or existing patient. Only one save runs at a time. */
export function PatientFormView(props: PatientFormViewProps) {
  const { base, check } = props;
  const t = useMessages(messages);
  const form = useForm<PatientForm>({ defaultValues: props.start, shouldUnregister: false });
  const attempts = useAttempts(form, props);
  const { busy, run } = attempts;
  const saveButton = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The fields are inert during a save, so the focus must move to the button.
    if (busy === 'save') saveButton.current?.focus({ preventScroll: true });
  }, [busy]);

  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    run('save');
  };

  const { lines, warnings, error, ask, nth } = attempts.shown;
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
              <Button busy={busy === 'check'} onClick={() => run('check')}>
                {t('check')}
              </Button>
            )}
            <Button variant="quiet" onClick={props.onCancel}>
              {t('cancel')}
            </Button>
            <span role="status">{busy ? t(busy === 'save' ? 'saving' : 'checking') : ''}</span>
          </div>
        </form>
        {ask && <Question render={ask} {...attempts.asked} />}
        <LeaveGuard isDirty={attempts.isDirty} sent={attempts.sent} onLeave={attempts.leave} />
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
