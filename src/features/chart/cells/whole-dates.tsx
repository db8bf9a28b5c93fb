import type { ReactNode } from 'react';
import styles from './cells.module.css';

/** A date as `formatDate` writes it, whatever the language of the month. */
const DATE = /(\d{2}-\p{L}+\.?-\d{4})/u;

/** Keeps each date of a text in one line: half a date, "06-Sep-", can be mistaken for another one. */
export const wholeDates = (text: string): ReactNode =>
  DATE.test(text)
    ? text.split(DATE).map((part, at) =>
        at % 2 === 0 ? (
          part
        ) : (
          // oxlint-disable-next-line react/no-array-index-key -- parts have no identity of their own
          <span key={at} className={styles.whole}>
            {part}
          </span>
        ),
      )
    : text;
