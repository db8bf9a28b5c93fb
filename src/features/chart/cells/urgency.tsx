import type { ReactNode } from 'react';
import { text } from '#lib/narrow.ts';
import type { T } from '../panel.ts';
import { statusWord } from './cells.tsx';

/** What is over or void is not to be done soon. */
const OVER = new Set(['stopped', 'completed', 'cancelled', 'revoked', 'entered-in-error']);

/**
 * How soon something is to be done, as a line of a cell; nothing where that is as usual, or where it
 * is no longer or never to be done: "Stopped, immediately" reads as an instruction.
 */
export function urgency(
  order: {
    readonly priority?: string | undefined;
    readonly status?: string | undefined;
    readonly doNotPerform?: boolean | undefined;
  },
  t: T,
): ReactNode {
  const code = text(order.priority);
  if (code === undefined || code === 'routine') return undefined;
  if (order.doNotPerform === true || OVER.has(order.status ?? '')) return undefined;
  return (
    <span key="priority">
      {t('priority')}: <strong>{statusWord(code, t)}</strong>
    </span>
  );
}
