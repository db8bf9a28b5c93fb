import { useId, type ReactNode } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { classNames } from './class-names.ts';
import type { Tone } from './flag.tsx';
import { Icon, type IconName } from './icon.tsx';
import { messages } from './messages.ts';
import styles from './notice.module.css';

const icons: Record<Tone, IconName> = {
  neutral: 'info',
  info: 'info',
  success: 'check',
  warning: 'warning',
  danger: 'error',
};

const labels = {
  neutral: 'noticeInfo',
  info: 'noticeInfo',
  success: 'noticeSuccess',
  warning: 'noticeWarning',
  danger: 'noticeError',
} as const;

export interface NoticeProps {
  tone?: Tone;
  /** The first sentence: what happened. */
  title?: ReactNode;
  children?: ReactNode;
  /** Buttons and links: what can be done. */
  actions?: ReactNode;
  /**
   * `alert` interrupts a screen reader, `status` waits. Omit it for a notice that is present from
   * the start.
   */
  role?: 'alert' | 'status' | undefined;
}

/** A message box with icon and colour. */
export function Notice({ tone = 'info', title, children, actions, role }: NoticeProps) {
  const t = useMessages(messages);
  const titleId = useId();
  return (
    <div
      className={classNames(styles.notice, styles[tone])}
      role={role}
      aria-labelledby={role && title ? titleId : undefined}
    >
      <Icon name={icons[tone]} size={20} />
      <div className={styles.text}>
        <span className="visually-hidden">{t(labels[tone])}: </span>
        {title && (
          <p id={titleId} className={styles.title}>
            {title}
          </p>
        )}
        {children}
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
    </div>
  );
}
