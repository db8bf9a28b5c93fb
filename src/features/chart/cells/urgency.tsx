import type { ReactNode } from 'react';
import { text } from '#lib/narrow.ts';
import type { T } from '../panel.ts';
import { statusWord } from './cells.tsx';

/** Statuses of orders that are not to be carried out any more. */
const OVER = new Set(['stopped', 'completed', 'cancelled', 'revoked', 'entered-in-error']);

/**
 * Returns the priority of an order as a cell line. Undefined for routine orders, and for orders
 * that are over or forbid something: "Stopped, immediately" reads as an instruction.
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
