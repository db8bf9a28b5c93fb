import type { ReactNode } from 'react';
import { noteTexts } from '#lib/long-text.ts';
import { list, record, records } from '#lib/narrow.ts';
import type { T } from '../panel.ts';
import { cut } from './cut.ts';
import { wholeDates } from './whole-dates.tsx';
import styles from './cells.module.css';

/** Returns the first note of a record and of its reactions; undefined without any. */
export function noteLine(resource: unknown, t: T): ReactNode {
  const { note, reaction } = record(resource);
  const all = [...list(note), ...records(reaction).flatMap((one) => list(one['note']))];
  const [first, ...rest] = noteTexts(all).filter((words) => words !== undefined);
  if (first === undefined) return undefined;
  return (
    <div className={styles.below}>
      {t('note', { n: rest.length + 1 })}: <bdi>{wholeDates(cut(first))}</bdi>
    </div>
  );
}
