import { Suspense, useRef, useState, type ReactNode, type SubmitEvent } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import type { OperationOutcomeIssue, Patient } from 'fhir/r4';
import { FhirError } from '#fhir/errors.ts';
import { today } from '#fhir/dates.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { ErrorAlert } from '#ui/error-alert.tsx';
import { ErrorSummary, Outcome, type SummaryLine } from './error-summary.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { AddressFields } from './address-fields.tsx';
import { beside } from './beside.ts';
import { ContactFields, IdentifierFields, WhoFields } from './main-fields.tsx';
import { messages } from './messages.ts';
import type { PatientForm } from './model.ts';
import { ProblemsProvider } from './problems.tsx';
import { serverProblems, type ServerProblem } from './server-problems.ts';
import { toPatient, type Built } from './to-patient.ts';
import { forgetDraft, useKeepDraft } from './draft.ts';
import { validateForm } from './validate-form.ts';
import styles from './form.module.css';

const MoreFields = beside(async () => (await import('./more-fields.tsx')).MoreFields);

/** What a question needs: to be put away, or to be answered with yes. */
export interface Asked {
  readonly close: () => void;
  /** Saves once more, this time without being asked again. */
  readonly again: () => void;
  /** Call before leaving the page for good, so that it does not warn of unsaved changes. */
  readonly release: () => void;
}

/** How an attempt to save ended. */
export type SaveResult =
  | { readonly done: true }
  | { readonly issues: readonly OperationOutcomeIssue[] }
  | { readonly ask: (asked: Asked) => ReactNode };

export interface PatientFormViewProps {
  base: Patient | undefined;
  /** The form of `base` before anything was edited. */
  before: PatientForm;
  /** What to start with: `before`, or an unsaved draft. */
  start: PatientForm;
  draftKey: string;
  saveLabel: string;
  /** Also finds out whether to ask something first, unless `confirmed`. May throw. */
  save: (built: Built, confirmed: boolean, release: () => void) => Promise<SaveResult>;
  /** Asks the server without saving; not offered where the server does not do that. */
  check?: ((built: Built) => Promise<readonly OperationOutcomeIssue[]>) | undefined;
  onCancel: () => void;
  children?: ReactNode;
}

/** The form of a patient, new or old. One save at a time, whatever is pressed how often. */
export function PatientFormView(props: PatientFormViewProps) {
  const { base, before, start, draftKey, save, check } = props;
  const t = useMessages(messages);
  const form = useForm<PatientForm>({ defaultValues: start, shouldUnregister: false });
  const [busy, setBusy] = useState<'save' | 'check'>();
  const [lines, setLines] = useState<readonly SummaryLine[]>([]);
  const [warnings, setWarnings] = useState<readonly string[]>();
  const [error, setError] = useState<unknown>();
  const [ask, setAsk] = useState<{ render: (asked: Asked) => ReactNode }>();
  // Not state: a second press comes before the next drawing.
  const underWay = useRef(false);
  const released = useRef(false);
  useKeepDraft(draftKey, form, before);

  const release = (): void => {
    released.current = true;
    forgetDraft(draftKey);
  };
  const isDirty = (): boolean =>
    !released.current && JSON.stringify(form.getValues()) !== JSON.stringify(before);

  const showIssues = (
    issues: readonly OperationOutcomeIssue[],
    values: PatientForm,
    built: Built,
  ): boolean => {
    const all: readonly ServerProblem[] = serverProblems(issues, values, built);
    const errors = all.filter((p) => p.severity === 'error');
    setLines(errors.map(({ path, text }) => ({ path, text })));
    setWarnings(all.filter((p) => p.severity === 'warning').map((p) => p.text));
    return errors.length > 0;
  };

  /** Reads the form; undefined where something is wrong with it, which is then on screen. */
  const read = (): { values: PatientForm; built: Built } | undefined => {
    const values = structuredClone(form.getValues());
    const wrong = validateForm(values, today(), base && before);
    setError(undefined);
    setWarnings(undefined);
    setLines(wrong.map(({ path, id }) => ({ path, text: t(`problem.${id}`) })));
    return wrong.length > 0 ? undefined : { values, built: toPatient(base, before, values) };
  };

  const attempt = async (what: 'save' | 'check', confirmed: boolean): Promise<void> => {
    if (underWay.current) return;
    const input = read();
    if (!input) return;
    underWay.current = true;
    setBusy(what);
    setAsk(undefined);
    try {
      if (what === 'check') {
        showIssues((await check?.(input.built)) ?? [], input.values, input.built);
        return;
      }
      const result = await save(input.built, confirmed, release);
      if ('ask' in result) setAsk({ render: result.ask });
      else if ('issues' in result) showIssues(result.issues, input.values, input.built);
    } catch (failure) {
      const issues = failure instanceof FhirError ? failure.issues : [];
      if (!showIssues(issues, input.values, input.built)) setError(failure);
      else if (!issues.some((i) => i.expression ?? i.location)) setError(failure);
    } finally {
      underWay.current = false;
      setBusy(undefined);
    }
  };

  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    void attempt('save', false);
  };

  const problems = new Map(lines.flatMap(({ path, text }) => (path ? [[path, text]] : [])));
  return (
    <FormProvider {...form}>
      <ProblemsProvider problems={problems}>
        <form className={styles.form} onSubmit={onSubmit} noValidate>
          {props.children}
          <Outcome of={error ?? (lines.length > 0 ? lines : warnings)}>
            {error === undefined ? (
              <ErrorSummary lines={lines} warnings={warnings} />
            ) : (
              <ErrorAlert error={error} />
            )}
          </Outcome>
          <WhoFields />
          <IdentifierFields />
          <ContactFields />
          <AddressFields />
          <details className={styles.more}>
            <summary>{t('more')}</summary>
            <Suspense>
              <MoreFields />
            </Suspense>
          </details>
          <div className={styles.actions}>
            <Button variant="primary" type="submit" busy={busy === 'save'}>
              {props.saveLabel}
            </Button>
            {check && (
              <Button busy={busy === 'check'} onClick={() => void attempt('check', false)}>
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
            render={ask.render}
            close={() => setAsk(undefined)}
            again={() => void attempt('save', true)}
            release={release}
          />
        )}
        <LeaveGuard isDirty={isDirty} onLeave={release} />
      </ProblemsProvider>
    </FormProvider>
  );
}

function Question({ render, ...asked }: Asked & { render: (asked: Asked) => ReactNode }) {
  return <Suspense>{render(asked)}</Suspense>;
}
