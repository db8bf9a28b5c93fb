import {
  createContext,
  useContext,
  useEffect,
  useLayoutEffect,
  useRef,
  type ReactNode,
  type RefObject,
} from 'react';
import { classNames } from './class-names.ts';
import styles from './page.module.css';

/** Configured name of the app, shown after the dot in the window title. */
export const AppNameContext = createContext('Patient Browser');

/**
 * Sets the window title while the caller is mounted. The title may contain initials but no other
 * patient data (ADR 0016), because browsers keep titles.
 */
export function useDocumentTitle(title: string): void {
  const appName = useContext(AppNameContext);
  useLayoutEffect(() => {
    document.title = `${title} · ${appName}`;
  }, [title, appName]);
}

let pagesShown = 0;

/**
 * Returns the ref of the heading that takes the focus when its page appears, so that a screen
 * reader announces the page. The first page does not move the focus, like a page load.
 */
export function useHeadingFocus(): RefObject<HTMLHeadingElement | null> {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    pagesShown += 1;
    if (pagesShown > 1) ref.current?.focus({ preventScroll: true });
  }, []);
  return ref;
}

export interface PageProps {
  /** Window title: plain text, no patient data except initials. */
  title: string;
  /** Heading, if it differs from the title. */
  heading?: ReactNode;
  /** One line below the heading. */
  lead?: ReactNode;
  /** Links and buttons next to the heading. */
  actions?: ReactNode;
  /** Limits the width for text and forms. */
  narrow?: boolean | undefined;
  children: ReactNode;
}

/** One page: window title, heading 1, actions, content. */
export function Page({ title, heading, lead, actions, narrow, children }: PageProps) {
  useDocumentTitle(title);
  const ref = useHeadingFocus();
  return (
    <div className={classNames(styles.page, narrow && styles.narrow)}>
      <header className={styles.header}>
        <div>
          <h1 ref={ref} tabIndex={-1}>
            {heading ?? title}
          </h1>
          {lead && <p className={styles.lead}>{lead}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A titled surface for a part of a page (role `region`). */
export function Section({
  heading,
  headingRef,
  actions,
  children,
}: {
  heading: string;
  /** Ref that lets the heading take the focus when the section replaces another. */
  headingRef?: RefObject<HTMLHeadingElement | null> | undefined;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={styles.section} aria-label={heading}>
      <header className={styles.header}>
        <h2 ref={headingRef} tabIndex={headingRef && -1}>
          {heading}
        </h2>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </section>
  );
}
