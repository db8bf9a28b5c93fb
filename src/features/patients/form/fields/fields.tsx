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
 * What the form holds when a field is first drawn. It stays with its row, which moves up when one
 * above it is removed: by its path, a field would then find what another row holds.
 */
export function useAtFirst<T>(read: (valueAt: (path: Path) => unknown) => T): T {
  const { getValues } = useFormContext<PatientForm>();
  return useState(() => read(getValues))[0];
}

/**
 * A choice. What the record holds and the list does not know stays a choice of its own, so that
 * opening and saving a form loses nothing. Its words stand beside the value: `typeText`.
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
  /** Words for "nothing"; no such choice where left out. */
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

/** From when to when a row holds. */
export function InUse({ row }: { row: InUseRow }) {
  const t = useMessages(messages);
  return (
    <>
      <Text path={`${row}.start`} label={t('inUseFrom')} hint={t('periodHint')} size={12} />
      <Text path={`${row}.end`} label={t('inUseUntil')} hint={t('periodHint')} size={12} />
    </>
  );
}

/** The same, folded away where nothing is recorded: few rows have a period. */
export function FoldedInUse({ row }: { row: InUseRow }) {
  const t = useMessages(messages);
  const open = useAtFirst((at) => Boolean(at(`${row}.start`) || at(`${row}.end`)));
  return (
    <Fold summary={t('inUse')} open={open}>
      <InUse row={row} />
    </Fold>
  );
}

/** Rarer fields of a row, one press away; open where something is recorded. */
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

/** The languages by their names in the language of the page. */
export function useLanguageOptions(codes: readonly string[], locale: string): readonly Option[] {
  const names = new Intl.DisplayNames([locale], { type: 'language' });
  return codes
    .map((value) => ({ value, label: names.of(value) ?? value }))
    .toSorted((a, b) => a.label.localeCompare(b.label, locale));
}
