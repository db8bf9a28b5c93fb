import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './description-list.module.css';

/**
 * List of labelled values. Labels have no colon and are less prominent than values (CUI
 * PAB-0042..0047).
 */
export function DescriptionList({ children, inline }: { children: ReactNode; inline?: boolean }) {
  return <dl className={classNames(styles.list, inline && styles.inline)}>{children}</dl>;
}

/** A label with its value; renders nothing without a value. */
export function Item({
  label,
  title,
  children,
}: {
  label: ReactNode;
  title?: string | undefined;
  children?: ReactNode;
}) {
  if (children === undefined || children === null || children === false || children === '')
    return null;
  return (
    <div className={styles.item}>
      <dt title={title}>{label}</dt>
      <dd>{typeof children === 'string' ? <bdi>{children}</bdi> : children}</dd>
    </div>
  );
}
