import { useEffect, useId } from 'react';
import { useCan } from '#data/capability.ts';
import { useMessages } from '#i18n/provider.tsx';
import { messages } from './messages.ts';
import styles from './create-refusal.module.css';

const REASONS = {
  scope: 'noCreateScope',
  role: 'noCreateRole',
  capability: 'noCreateCapability',
} as const;

/**
 * Says why the user may not create patients; nothing if they may.
 *
 * @param props.onRefused receives the id of the shown text, or undefined if there is none
 */
export function CreateRefusal({ onRefused }: { onRefused: (id: string | undefined) => void }) {
  const t = useMessages(messages);
  const id = useId();
  const { allowed, reason } = useCan('create', 'Patient');
  useEffect(() => onRefused(allowed ? undefined : id), [onRefused, allowed, id]);
  if (allowed) return null;
  return (
    <p id={id} className={styles.refusal}>
      {t(REASONS[reason ?? 'capability'])}
    </p>
  );
}
