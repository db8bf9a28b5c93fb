import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icon.tsx';
import styles from './flag.module.css';

export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger';

/** A short label with an optional icon; the text carries the meaning, not the colour alone. */
export function Flag({
  tone = 'neutral',
  icon,
  children,
}: {
  tone?: Tone;
  icon?: IconName;
  children: ReactNode;
}) {
  return (
    <span className={classNames(styles.flag, styles[tone])}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
}
