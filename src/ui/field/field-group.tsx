import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '../class-names.ts';
import { FieldError, FieldFrame, useWiring, type Frame } from './field.tsx';
import field from './field.module.css';
import styles from './field-group.module.css';

export type TextAreaFieldProps = Omit<ComponentProps<'textarea'>, 'className'> & Frame;

/** A labelled multi-line input. */
export function TextAreaField({
  label,
  hint,
  error,
  hideLabel,
  optional,
  wide,
  ...input
}: TextAreaFieldProps) {
  const wiring = useWiring(input.id, hint, error, input['aria-describedby']);
  return (
    <FieldFrame {...{ label, hint, error, hideLabel, optional, wide }} id={wiring.id}>
      <textarea rows={3} dir="auto" {...input} {...wiring} className={field.control} />
    </FieldFrame>
  );
}

export type CheckboxFieldProps = Omit<ComponentProps<'input'>, 'className' | 'type'> & {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  /** `radio` for one choice of a {@link Fieldset}. */
  type?: 'checkbox' | 'radio';
};

/** A check box, or one radio button of a group, with its label on the right. */
export function CheckboxField({
  label,
  hint,
  error,
  type = 'checkbox',
  ...input
}: CheckboxFieldProps) {
  const wiring = useWiring(input.id, hint, error, input['aria-describedby']);
  return (
    <div className={styles.check}>
      <input {...input} {...wiring} type={type} />
      <div>
        <label htmlFor={wiring.id}>{label}</label>
        {hint && (
          <div id={`${wiring.id}-hint`} className={field.hint}>
            {hint}
          </div>
        )}
        <FieldError id={`${wiring.id}-error`} error={error} />
      </div>
    </div>
  );
}

export type FieldsetProps = Omit<ComponentProps<'fieldset'>, 'className'> & {
  legend: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  /** Fields side by side, wrapping as needed. */
  row?: boolean | undefined;
};

/** A group of fields with a common name (role `group`). */
export function Fieldset({ legend, hint, error, row, children, ...rest }: FieldsetProps) {
  const wiring = useWiring(rest.id, hint, error, rest['aria-describedby']);
  return (
    <fieldset
      {...rest}
      id={wiring.id}
      aria-describedby={wiring['aria-describedby']}
      className={styles.fieldset}
    >
      <legend className={classNames(field.label, styles.legend)}>{legend}</legend>
      {hint && (
        <div id={`${wiring.id}-hint`} className={field.hint}>
          {hint}
        </div>
      )}
      <div className={row ? styles.row : styles.stack}>{children}</div>
      <FieldError id={`${wiring.id}-error`} error={error} />
    </fieldset>
  );
}

/** Fields side by side that wrap when there is no room. */
export function FieldRow({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>;
}
