import { useFormContext, type FieldPath } from 'react-hook-form';
import { useState, type ComponentProps, type ReactNode } from 'react';
import { CheckboxField, TextAreaField } from '#ui/field/field-group.tsx';
import { SelectField, TextField, type Option } from '#ui/field/field.tsx';
import { useMessages } from '#i18n/provider.tsx';
import { messages } from '../messages.ts';
import type { PatientForm } from '../model.ts';
import { fieldId, useProblem } from '../validation/problems.tsx';
import styles from '../form.module.css';

type Path = FieldPath<PatientForm>;

/** A text field of the form. */
export function Text({
  path,
  ...props
}: { path: Path } & Omit<ComponentProps<typeof TextField>, 'name' | 'ref'>) {
  const { register } = useFormContext<PatientForm>();
  return <TextField {...props} {...register(path)} id={fieldId(path)} error={useProblem(path)} />;
}

export function Area({
  path,
  ...props
}: { path: Path } & Omit<ComponentProps<typeof TextAreaField>, 'name' | 'ref'>) {
  const { register } = useFormContext<PatientForm>();
  return (
    <TextAreaField {...props} {...register(path)} id={fieldId(path)} error={useProblem(path)} />
  );
}

export function Check({ path, label }: { path: Path; label: string }) {
  const { register } = useFormContext<PatientForm>();
  return (
    <CheckboxField label={label} {...register(path)} id={fieldId(path)} error={useProblem(path)} />
  );
}

/**
 * Returns what `read` returned when the field first rendered. Reading again would be wrong: after a
 * row above was removed, the same path belongs to another row.
 */
export function useAtFirst<T>(read: (valueAt: (path: Path) => unknown) => T): T {
  const { getValues } = useFormContext<PatientForm>();
  return useState(() => read(getValues))[0];
}

/**
 * A select. A recorded value that is not in the list is added as an option, so that opening and
 * saving a form loses nothing. The form holds its label in `${path}Text`, such as `typeText`.
 */
export function Choice({
  path,
  label,
  options,
  empty,
  hint,
}: {
  path: Path;
  label: string;
  options: readonly Option[];
  /** Label of the empty option; without it there is no empty option. */
  empty?: string;
  hint?: string;
}) {
  const { register } = useFormContext<PatientForm>();
  const recorded = useAtFirst((valueAt) => {
    const value = String(valueAt(path));
    const words = valueAt(`${path}Text` as Path);
    return { value, label: typeof words === 'string' && words ? words : value };
  });
  const known = !recorded.value || options.some((o) => o.value === recorded.value);
  const all = [
    ...(empty === undefined ? [] : [{ value: '', label: empty }]),
    ...options,
    ...(known ? [] : [recorded]),
  ];
  return (
    <SelectField
      label={label}
      hint={hint}
      options={all}
      {...register(path)}
      id={fieldId(path)}
      error={useProblem(path)}
    />
  );
}

type InUseRow = `${'name' | 'identifier' | 'telecom' | 'address' | 'contact'}.${number}`;

/** Start and end fields of a row's period. */
export function InUse({ row }: { row: InUseRow }) {
  const t = useMessages(messages);
  return (
    <>
      <Text path={`${row}.start`} label={t('inUseFrom')} hint={t('periodHint')} size={12} />
      <Text path={`${row}.end`} label={t('inUseUntil')} hint={t('periodHint')} size={12} />
    </>
  );
}

/** Like {@link InUse}, but folded unless a period is recorded, because few rows have one. */
export function FoldedInUse({ row }: { row: InUseRow }) {
  const t = useMessages(messages);
  const open = useAtFirst((at) => Boolean(at(`${row}.start`) || at(`${row}.end`)));
  return (
    <Fold summary={t('inUse')} open={open}>
      <InUse row={row} />
    </Fold>
  );
}

/** A fold for the rare fields of a row; `open` is its initial state. */
export function Fold({
  summary,
  open,
  children,
}: {
  summary: string;
  open: boolean;
  children: ReactNode;
}) {
  return (
    <details className={styles.fold} open={open}>
      <summary>{summary}</summary>
      <div className={styles.foldBody}>{children}</div>
    </details>
  );
}

/** Returns options for language codes, named in `locale` and sorted by name. */
export function useLanguageOptions(codes: readonly string[], locale: string): readonly Option[] {
  const names = new Intl.DisplayNames([locale], { type: 'language' });
  return codes
    .map((value) => ({ value, label: names.of(value) ?? value }))
    .toSorted((a, b) => a.label.localeCompare(b.label, locale));
}
