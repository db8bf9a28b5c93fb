import { useEffect, useRef } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { Notice } from '#ui/notice.tsx';
import { messages } from './messages.ts';
import { fieldId, focusField } from './problems.tsx';

export interface SummaryLine {
  /** Undefined where it is about no one field. */
  readonly path: string | undefined;
  readonly text: string;
}

/** What is wrong, in one place, with a link to every field. Takes the focus when it appears. */
export function ErrorSummary({
  lines,
  warnings = [],
  good,
}: {
  lines: readonly SummaryLine[];
  warnings?: readonly string[];
  /** What to say where nothing is wrong. */
  good?: string;
}) {
  const t = useMessages(messages);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (lines.length === 0) return;
    box.current?.scrollIntoView({ block: 'center' });
    box.current?.focus({ preventScroll: true });
  }, [lines]);
  if (lines.length > 0) {
    return (
      <div ref={box} tabIndex={-1}>
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
      </div>
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
  return good ? <Notice tone="success" role="status" title={good} /> : null;
}
