import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './description-list.module.css';

/** Labelled values. Labels stand without a colon and step back behind the values (CUI PAB-0042..0047). */
export function DescriptionList({ children, inline }: { children: ReactNode; inline?: boolean }) {
  return <dl className={classNames(styles.list, inline && styles.inline)}>{children}</dl>;
}

/** One label with its value; nothing at all where there is no value. */
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
