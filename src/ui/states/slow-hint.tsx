import { useEffect, useState } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { messages } from '../messages.ts';
import styles from './slow-hint.module.css';

/** After some seconds, tells that the server is slow. */
export function SlowHint({ after = 6000 }: { after?: number }) {
  const t = useMessages(messages);
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), after);
    return () => clearTimeout(timer);
  }, [after]);
  return (
    <p className={styles.slow} role="status">
      {slow && t('slow')}
    </p>
  );
}
