import type { ReactNode } from 'react';
import styles from '../form.module.css';

export interface CompareFrameProps {
  /** Accessible name of the region. */
  readonly label: string;
  /** Column headings; the first heads the column with the names of the elements. */
  readonly heads: readonly (readonly [key: string, head: ReactNode])[];
  /** The table rows. */
  readonly children: ReactNode;
}

/** A table that shows records side by side, in a scrolling region. */
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
