import type { ReactNode } from 'react';
import styles from '../form.module.css';

export interface CompareFrameProps {
  /** Names the region for screen readers. */
  readonly label: string;
  /** Headings of the columns; the first is that of the elements. */
  readonly heads: readonly (readonly [key: string, head: ReactNode])[];
  /** Rows. */
  readonly children: ReactNode;
}

/** A table that sets versions of a record side by side, in a region that scrolls by itself. */
export function CompareFrame({ label, heads, children }: CompareFrameProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
    <div className={styles.compare} role="region" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {heads.map(([key, head]) => (
              <th scope="col" key={key}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
