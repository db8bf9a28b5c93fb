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

/** The site's own name, after the dot in the window title. */
export const AppNameContext = createContext('Patient Browser');

/** Sets the window title while the caller is on screen. No patient data but initials (ADR 0016): browsers keep titles. */
export function useDocumentTitle(title: string): void {
  const appName = useContext(AppNameContext);
  useLayoutEffect(() => {
    document.title = `${title} · ${appName}`;
  }, [title, appName]);
}

let pagesShown = 0;

/**
 * The ref of the heading that takes the focus when its page comes on screen, so that a screen
 * reader says where one is. The very first page leaves the focus alone, as the browser would.
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
  /** For the window title; plain text without patient data but initials. */
  title: string;
  /** The heading, where it is not the title. */
  heading?: ReactNode;
  /** One line below the heading. */
  lead?: ReactNode;
  /** Links and buttons next to the heading. */
  actions?: ReactNode;
  /** A measure for reading and forms, instead of the full width. */
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
  /** Lets the heading take the focus, where the section takes the place of another. */
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
