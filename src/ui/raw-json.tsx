import { useState } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { CopyButton } from './copy-button.tsx';
import { messages } from './messages.ts';
import styles from './raw-json.module.css';

/** A value as JSON, made into text only when asked for. Mask secrets before handing it over. */
export function RawJson({ value, label }: { value: unknown; label?: string }) {
  const t = useMessages(messages);
  const [open, setOpen] = useState(false);
  return (
    <details className={styles.raw} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{label ?? t('rawJson')}</summary>
      {open && <Json value={value} />}
    </details>
  );
}

function Json({ value }: { value: unknown }) {
  const text = JSON.stringify(value, undefined, 2) ?? '';
  return (
    <>
      <CopyButton text={text} />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard */}
      <pre tabIndex={0}>{text}</pre>
    </>
  );
}
