import { useId, type ComponentProps, type ReactNode } from 'react';
import { classNames } from '../class-names.ts';
import { Icon } from '../icon.tsx';
import styles from './field.module.css';

/** Properties of every field besides its control. */
export interface Frame {
  label: ReactNode;
  /** Permanent help text; screen readers read it after the label. */
  hint?: ReactNode;
  /** What is wrong with the value and how to correct it. */
  error?: ReactNode;
  /** Shows the label to assistive technology only. */
  hideLabel?: boolean | undefined;
  /** Plain text after the label, such as "optional". */
  optional?: ReactNode;
  /** Fills the rest of the row. */
  wide?: boolean | undefined;
}

interface Wiring {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid'?: true;
}

/** Returns the attributes that connect a control with its label, hint and error. */
export function useWiring(
  given: string | undefined,
  hint: ReactNode,
  error: ReactNode,
  more?: string,
) {
  const own = useId();
  const id = given ?? own;
  const ids = [error ? `${id}-error` : '', hint ? `${id}-hint` : '', more ?? ''].filter(Boolean);
  const wiring: Wiring = {
    id,
    'aria-describedby': ids.join(' ') || undefined,
    // Without an error the caller's value applies, because one error may concern several fields.
    ...(error && { 'aria-invalid': true }),
  };
  return wiring;
}

export function FieldFrame({
  id,
  label,
  hint,
  error,
  hideLabel,
  optional,
  wide,
  children,
}: Frame & { id: string; children: ReactNode }) {
  return (
    <div className={classNames(styles.field, wide && styles.wide)}>
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : styles.label}>
        {label}
        {optional && <span className={styles.optional}> {optional}</span>}
      </label>
      {hint && (
        <div id={`${id}-hint`} className={styles.hint}>
          {hint}
        </div>
      )}
      {/* Above the control, so that an error does not misalign the controls of a row. */}
      <FieldError id={`${id}-error`} error={error} />
      {children}
    </div>
  );
}

export function FieldError({ id, error }: { id: string; error: ReactNode }) {
  if (!error) return null;
  return (
    <div id={id} className={styles.error}>
      <Icon name="error" />
      <span>{error}</span>
    </div>
  );
}

export type TextFieldProps = Omit<ComponentProps<'input'>, 'className'> & Frame;

/** A labelled one-line input; any `<input>` attribute may be given, `ref` too. */
export function TextField({
  label,
  hint,
  error,
  hideLabel,
  optional,
  wide,
  ...input
}: TextFieldProps) {
  const wiring = useWiring(input.id, hint, error, input['aria-describedby']);
  return (
    <FieldFrame {...{ label, hint, error, hideLabel, optional, wide }} id={wiring.id}>
      <input
        type="text"
        autoComplete="off"
        dir="auto"
        {...input}
        {...wiring}
        className={styles.control}
      />
    </FieldFrame>
  );
}

export interface Option {
  value: string;
  label: string;
}

export type SelectFieldProps = Omit<ComponentProps<'select'>, 'className'> &
  Frame & {
    /** Instead of `<option>` children. */
    options?: readonly Option[] | undefined;
  };

/** A labelled native select. */
export function SelectField({
  label,
  hint,
  error,
  hideLabel,
  optional,
  wide,
  options,
  children,
  ...select
}: SelectFieldProps) {
  const wiring = useWiring(select.id, hint, error, select['aria-describedby']);
  return (
    <FieldFrame {...{ label, hint, error, hideLabel, optional, wide }} id={wiring.id}>
      <span className={styles.select}>
        <select {...select} {...wiring} className={styles.control}>
          {options?.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
          {children}
        </select>
        <Icon name="chevron-down" />
      </span>
    </FieldFrame>
  );
}
