import { createLink } from '@tanstack/react-router';
import type { ComponentProps, MouseEvent } from 'react';
import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icon.tsx';
import styles from './button.module.css';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';

interface Look {
  variant?: ButtonVariant | undefined;
  /** Shown before the text. */
  icon?: IconName | undefined;
  /** Shown after the text. */
  iconEnd?: IconName | undefined;
}

export type ButtonProps = Omit<ComponentProps<'button'>, 'className'> &
  Look & {
    /**
     * True while work is in progress: the button keeps its place and the focus, but ignores clicks.
     */
    busy?: boolean | undefined;
  };

/** A button. `type` defaults to `button`, to prevent accidental form submission. */
export function Button({
  variant = 'secondary',
  icon,
  iconEnd,
  busy = false,
  type = 'button',
  onClick,
  children,
  ...rest
}: ButtonProps) {
  const click = (event: MouseEvent<HTMLButtonElement>): void => {
    if (busy) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <button
      {...rest}
      // oxlint-disable-next-line react/button-has-type -- a variable of the allowed values
      type={type}
      className={classNames(styles.button, styles[variant], !children && styles.iconOnly)}
      aria-disabled={busy || rest['aria-disabled'] || undefined}
      data-busy={busy || undefined}
      onClick={click}
    >
      {icon && <Icon name={icon} />}
      {children}
      {iconEnd && <Icon name={iconEnd} />}
    </button>
  );
}

type AnchorProps = Omit<ComponentProps<'a'>, 'className'> & Look;

function ButtonAnchor({ variant = 'secondary', icon, iconEnd, children, ...rest }: AnchorProps) {
  return (
    <a {...rest} className={classNames(styles.button, styles[variant])}>
      {icon && <Icon name={icon} />}
      {children}
      {iconEnd && <Icon name={iconEnd} />}
    </a>
  );
}

/** A link to a route (`to`, `params`, ... as TanStack's Link) that looks like a button. */
export const ButtonLink = createLink(ButtonAnchor);
