import { useState } from 'react';
import { rawNumber } from '#fhir/values/exact-numbers.ts';
import { MAX_DEPTH } from '#fhir/changes/json-equal.ts';
import { useMessages } from '#i18n/provider.tsx';
import { isRecord } from '#lib/narrow.ts';
import { CopyButton } from './copy-button.tsx';
import { messages } from './messages.ts';
import styles from './raw-json.module.css';

/** Shows a value as JSON, serialised only when opened. Mask secrets before passing it. */
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
  const text = JSON.stringify(pruned(value), undefined, 2) ?? '';
  return (
    <>
      <CopyButton text={text} />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard */}
      <pre tabIndex={0}>{text}</pre>
    </>
  );
}

/**
 * Replaces everything nested deeper than FHIR allows with an ellipsis. Thousands of levels would
 * overflow the stack, and their indentation would exhaust the memory.
 */
function pruned(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) return '…';
  if (Array.isArray(value)) return value.map((item) => pruned(item, depth + 1));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([k, v]) => [k, rawNumber(value, k) ?? pruned(v, depth + 1)]),
  );
}
