import { useEffect, useRef, type ReactNode } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { Notice } from '#ui/notice.tsx';
import { messages } from '../messages.ts';
import { fieldId, focusField } from './problems.tsx';

export interface SummaryLine {
  /** Path of the field; undefined if the line is not about a single field. */
  readonly path: string | undefined;
  readonly text: string;
}

/**
 * Shows the result of a save or check above the form. It scrolls into view and takes the focus,
 * because the pressed button is below the form.
 *
 * @param of the result; undefined while there is none
 */
export function Outcome({ of, children }: { of: unknown; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (of === undefined) return;
    box.current?.scrollIntoView({ block: 'center' });
    box.current?.focus({ preventScroll: true });
  }, [of]);
  return (
    of !== undefined && (
      <div ref={box} tabIndex={-1}>
        {children}
      </div>
    )
  );
}

/** Lists all errors with links to their fields; without errors, the server's warnings. */
export function ErrorSummary({
  lines,
  warnings = [],
}: {
  lines: readonly SummaryLine[];
  warnings?: readonly string[] | undefined;
}) {
  const t = useMessages(messages);
  if (lines.length > 0) {
    return (
      <Notice tone="danger" role="alert" title={t('problems', { n: lines.length })}>
        <ul>
          {lines.map(({ path, text }) => (
            <li key={`${path ?? ''} ${text}`}>
              {path ? (
                <a
                  href={`#${fieldId(path)}`}
                  onClick={(event) => {
                    event.preventDefault();
                    focusField(path);
                  }}
                >
                  {text}
                </a>
              ) : (
                text
              )}
            </li>
          ))}
        </ul>
      </Notice>
    );
  }
  if (warnings.length > 0) {
    return (
      <Notice tone="warning" role="status" title={t('warnings', { n: warnings.length })}>
        <ul>
          {[...new Set(warnings)].map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </Notice>
    );
  }
  return <Notice tone="success" role="status" title={t('checkGood')} />;
}
