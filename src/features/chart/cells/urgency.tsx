import type { ReactNode } from 'react';
import { text } from '#lib/narrow.ts';
import type { T } from '../panel.ts';
import { statusWord } from './cells.tsx';

/** How soon something is to be done, as a line of a cell; nothing where that is as usual. */
export function urgency(priority: unknown, t: T): ReactNode {
  const code = text(priority);
  if (code === undefined || code === 'routine') return undefined;
  return <strong key="priority">{statusWord(code, t)}</strong>;
}
